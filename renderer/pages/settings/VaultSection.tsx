import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { PassphraseDialog } from '../../components/PassphraseDialog.tsx';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import { showToast } from '../../components/toast.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { SettingRow } from './SettingRow.tsx';
import classes from './VaultSection.module.css';

type Vault = GatewayStatus['vault'];

const tones: Record<Vault['state'], Tone> = { ready: 'good', locked: 'wait', unavailable: 'bad' };

/** What can be done about a vault that does not answer. */
function OpenButtons({ vault, onFile }: { vault: Vault; onFile(): void }) {
  const { t } = useTranslation();
  const retry = useMutation(useOperations().vault.retry.mutationOptions());
  if (vault.state === 'ready') return null;
  if (vault.kind === 'file')
    return (
      <Button variant="default" onClick={onFile}>
        {t('settings.vaultOpen')}
      </Button>
    );
  return (
    <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
      {t('action.tryAgain')}
    </Button>
  );
}

function KeychainRow({ from }: { from: 'file' | 'memory' }) {
  const { t } = useTranslation();
  const move = useMutation(
    useOperations().vault.useKeychain.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => showToast({ subject: 'settings.vault', text: t('settings.toKeychainDone') }),
    }),
  );
  return (
    <SettingRow
      label={t('settings.toKeychain')}
      note={t(`settings.toKeychainNote.${from}`)}
      error={move.error ? errorWords(move.error, t) : null}
    >
      {() => (
        <Button variant="default" loading={move.isPending} onClick={() => move.mutate(undefined)}>
          {t('settings.toKeychainMove')}
        </Button>
      )}
    </SettingRow>
  );
}

/** Where keys are kept, how that stands, and the ways to another place. */
export function VaultSection({ vault }: { vault: Vault }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [changing, setChanging] = useState(false);
  return (
    <>
      <SettingRow
        label={`${t('settings.vaultIn')}: ${t(`settings.vaultKind.${vault.kind}`)}`}
        note={t(`settings.vaultNote.${vault.kind}`)}
        warning={vault.reason}
        keywords={t('settings.vault')}
      >
        {() => (
          <>
            <span className={classes.state}>
              <StateMark tone={vault.kind === 'memory' ? 'wait' : tones[vault.state]} />
              {t(`settings.vaultState.${vault.state}`)}
            </span>
            <OpenButtons vault={vault} onFile={() => setAsking(true)} />
          </>
        )}
      </SettingRow>
      {vault.kind === 'file' && vault.state === 'ready' && (
        <SettingRow label={t('settings.passphrase')} note={t('settings.passphraseNote')}>
          {() => (
            <Button variant="default" onClick={() => setChanging(true)}>
              {t('settings.passphraseAsk')}
            </Button>
          )}
        </SettingRow>
      )}
      {vault.kind !== 'keychain' && vault.state === 'ready' && <KeychainRow from={vault.kind} />}
      {vault.kind !== 'file' && (
        <SettingRow label={t('settings.toFile')} note={t('settings.toFileNote')}>
          {() => (
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('vault.useFile')}
            </Button>
          )}
        </SettingRow>
      )}
      <PassphraseDialog opened={asking} onClose={() => setAsking(false)} />
      <ChangePassphrase opened={changing} onClose={() => setChanging(false)} />
    </>
  );
}
