import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../main/contract/schemas/link.ts';
import type { ImportResult } from '../../../main/contract/schemas/transfer.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useSession } from '../../api/session.ts';
import dialog from '../Dialog.module.css';
import { useImportDone } from '../useImportDone.ts';
import classes from './LinkDialog.module.css';
import { LinkedEndpoint } from './LinkedEndpoint.tsx';

/** A click that was meant for what stood here a moment ago must not agree to this. */
const settleMs = 700;

interface Props {
  link: Extract<LinkView, { state: 'asks' }>;
  accept(): Promise<ImportResult>;
  onDismiss(): void;
}

/** Everything a link would add, before it does. Whoever just presses Enter cancels. */
export function LinkDialog({ link, accept, onDismiss }: Props) {
  const { t } = useTranslation();
  const { queryClient } = useSession();
  const tellDone = useImportDone();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settleMs);
    return () => clearTimeout(timer);
  }, []);
  const take = useMutation({
    mutationFn: accept,
    meta: { quiet: true },
    onSuccess: (result) => {
      tellDone(result);
      void queryClient.invalidateQueries();
    },
  });
  const brings = link.endpoints.some(
    ({ existing, brings: { accounts, models, mappings } }) => !existing || accounts + models + mappings > 0,
  );
  return (
    <Modal opened size="lg" onClose={onDismiss} closeOnClickOutside={false} title={t('links.title')}>
      <div className={dialog.form}>
        <p className={dialog.note}>{t('links.intro')}</p>
        <ul className={classes.list} aria-label={t('transfer.endpoints')}>
          {link.endpoints.map((endpoint) => (
            <LinkedEndpoint key={endpoint.key} endpoint={endpoint} />
          ))}
        </ul>
        {take.error && <p role="alert">{errorWords(take.error, t)}</p>}
        <div className={classes.foot}>
          <p className={dialog.note} role="status">
            {link.behind > 0 && t('links.behind', { count: link.behind })}
          </p>
          <div className={dialog.actions}>
            <Button
              variant="default"
              disabled={!settled || !brings}
              loading={take.isPending}
              onClick={() => take.mutate()}
            >
              {brings ? t('links.add') : t('transfer.nothingNew')}
            </Button>
            <Button data-autofocus onClick={onDismiss}>
              {t('action.cancel')}
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}
