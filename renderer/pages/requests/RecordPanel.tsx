import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import { operationWords } from '../../components/operationWords.ts';
import { SidePanel, SidePanelBody } from '../../components/SidePanel.tsx';
import { Bodies } from './bodies/Bodies.tsx';
import { RecordNumbers } from './RecordNumbers.tsx';
import { RecordVerdict } from './RecordVerdict.tsx';
import { RecordActions } from './replay/RecordActions.tsx';
import { Timeline } from './Timeline.tsx';

interface Props {
  id: string | null;
  /** The record where the list beside it holds it: then it need not be fetched. */
  listed: RequestRecord | undefined;
  onClose(): void;
}

/** One request from the right: why it went where it went, then its numbers. The list beside it stays in use. */
export function RecordPanel({ id, listed, onClose }: Props) {
  const { t } = useTranslation();
  const fetched = useQuery({
    ...useOperations().records.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null && !listed,
    retry: false,
  });
  const record = listed ?? fetched.data;

  if (!id) return null;
  const title = record ? record.clientModel || operationWords(record.operation, t) : t('detail.title');
  return (
    <SidePanel label={t('detail.title')} title={title} onClose={onClose}>
      {record ? (
        <SidePanelBody>
          <RecordVerdict record={record} />
          <Timeline key={record.id} record={record} />
          <RecordNumbers record={record} />
          <RecordActions record={record} />
          <Bodies record={record} />
        </SidePanelBody>
      ) : (
        <Loading error={fetched.error} />
      )}
    </SidePanel>
  );
}
