import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { FormGroup } from '../../components/FormGroup.tsx';
import { ReplaceSecretDialog } from '../../components/ReplaceSecretDialog.tsx';
import { SecretOnce } from '../../components/SecretOnce.tsx';
import classes from './ClientCard.module.css';
import type { useClientKey } from './useClientKey.ts';

interface Props {
  name: string;
  clientKey: ReturnType<typeof useClientKey>;
  /** What the first button says. */
  begin: 'connect.begin' | 'connect.makeKey';
  /** When the latest request came (Unix ms). */
  latest: number;
  onIssued(secret: string): void;
}

/** The client's own key: made when the person begins, shown once in the browser, masked ever after. */
export function ClientKey({ name, clientKey, begin, latest, onIssued }: Props) {
  const { t } = useTranslation();
  const { clientKeys } = useOperations();
  const disconnect = useMutation(clientKeys.remove.mutationOptions({ meta: { removes: name } }));
  const copy = useMutation(clientKeys.copy.mutationOptions());
  const desktop = window.sluice?.shell === 'desktop';
  const [fresh, setFresh] = useState(false);
  const [asking, setAsking] = useState(false);
  const { key, secret, busy } = clientKey;
  const issued = (given: string) => {
    setFresh(true);
    onIssued(given);
  };

  if (key === undefined) return null;
  if (key === null || key.unseen) {
    return (
      <div className={classes.begin}>
        <Button loading={busy} onClick={() => clientKey.make(issued)} data-autofocus>
          {t(begin, { client: name })}
        </Button>
        <p className={classes.note}>{t('connect.makes', { name })}</p>
      </div>
    );
  }
  return (
    <FormGroup title={t('connect.key')}>
      {fresh && secret && !desktop ? (
        <>
          <p className={classes.note}>{t('first.keyOnce')}</p>
          <SecretOnce secret={secret} />
        </>
      ) : (
        <div className={classes.key}>
          <code className={classes.mask}>{key.secret.mask ?? t('keys.noSecret')}</code>
          {desktop ? (
            <Button
              size="xs"
              variant="default"
              loading={copy.isPending}
              aria-label={t('copy.key')}
              onClick={() => copy.mutate({ id: key.id })}
            >
              {copy.isSuccess ? t('copy.copied') : t('copy.copy')}
            </Button>
          ) : (
            secret && <CopyButton text={secret} label={t('copy.key')} size="xs" />
          )}
          <Button size="xs" variant="default" loading={busy} onClick={() => setAsking(true)}>
            {t('keys.rotateAsk')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={disconnect.isPending}
            onClick={() => disconnect.mutate({ id: key.id })}
          >
            {t('connect.disconnect')}
          </Button>
        </div>
      )}
      <ReplaceSecretDialog
        clientKey={key}
        opened={asking}
        onClose={() => setAsking(false)}
        onReplace={(graceMinutes) => clientKey.replace(latest, graceMinutes, issued)}
      />
      {!secret && <p className={classes.note}>{t(desktop ? 'connect.seenDesktop' : 'connect.seen')}</p>}
    </FormGroup>
  );
}
