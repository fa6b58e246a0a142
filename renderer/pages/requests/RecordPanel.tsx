import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import { Attempts } from './Attempts.tsx';
import { operationWords } from './operationWords.ts';
import { RecordNumbers } from './RecordNumbers.tsx';
import classes from './RecordPanel.module.css';
import { RecordVerdict } from './RecordVerdict.tsx';

interface Props {
  id: string | null;
  /** The list beside it: what is in there need not be fetched. */
  records: readonly RequestRecord[];
  onClose(): void;
}

/** One request from the right: why it went where it went, then its numbers. The list beside it stays in use. */
export function RecordPanel({ id, records, onClose }: Props) {
  const { t } = useTranslation();
  const known = records.find((record) => record.id === id);
  const fetched = useQuery({
    ...useOperations().records.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null && !known,
    retry: false,
  });
  const record = known ?? fetched.data;

  useEffect(() => {
    if (!id) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [id, onClose]);

  if (!id) return null;
  const title = record ? record.clientModel || operationWords(record.operation, t) : t('detail.title');
  return (
    <aside className={classes.panel} aria-label={t('detail.title')}>
      <div className={classes.head}>
        <h2>{title}</h2>
        <ActionIcon aria-label={t('action.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {record ? (
        <div className={classes.body}>
          <RecordVerdict record={record} />
          <Attempts record={record} />
          <RecordNumbers record={record} />
        </div>
      ) : (
        <Loading error={fetched.error} />
      )}
    </aside>
  );
}
