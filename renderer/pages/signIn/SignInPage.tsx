import { Button, Checkbox, PasswordInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connectBrowser } from '../../api/browserTransport.ts';
import { errorWords } from '../../api/errorWords.ts';
import { Mark } from '../../components/Mark.tsx';
import type { Language } from '../../i18n/language.ts';
import { LanguagePick } from './LanguagePick.tsx';
import classes from './SignInPage.module.css';

interface Props {
  /** A token that was accepted before no longer is. */
  refused: boolean;
  onSignIn(token: string, remember: boolean): void;
}

type Failure = { kind: 'wrong' | 'expired' } | { kind: 'failed'; failure: unknown };

function failureWords(error: Failure, t: TFunction): string {
  return error.kind === 'failed' ? errorWords(error.failure, t) : t(`signIn.${error.kind}`);
}

/** Asks for the admin token, and tries it before it is kept. */
export function SignInPage({ refused, onSignIn }: Props) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [picked, setPicked] = useState<Language | null>(null);
  // A key, not its text: the language can change under it.
  const [error, setError] = useState<Failure | null>(refused ? { kind: 'expired' } : null);

  useEffect(() => {
    document.title = `${t('signIn.title')} · Sluice`;
  }, [t]);

  async function submit() {
    const wanted = token.trim();
    if (!wanted) return;
    // Anything else can't even be sent in a header.
    if (!/^[\x21-\x7e]+$/.test(wanted)) {
      setError({ kind: 'wrong' });
      return;
    }
    setBusy(true);
    setError(null);
    let wrong = false;
    try {
      const client = connectBrowser(wanted, () => {
        wrong = true;
      });
      await client.gateway.status();
      // The settings have the last word on the language, so the choice made here goes into them.
      if (picked) await client.settings.update({ ui: { language: picked } }).catch(() => undefined);
      onSignIn(wanted, remember);
    } catch (failure) {
      setError(wrong ? { kind: 'wrong' } : { kind: 'failed', failure });
      setBusy(false);
    }
  }

  return (
    <main className={classes.page}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={classes.name}>
          <Mark size={32} />
          <h1>Sluice</h1>
          <LanguagePick onPick={setPicked} />
        </div>
        {/* What a password manager files the token under. */}
        <input type="text" name="username" autoComplete="username" value="admin" readOnly hidden />
        <PasswordInput
          label={t('signIn.token')}
          description={t('signIn.where')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={error && failureWords(error, t)}
          name="password"
          autoComplete="current-password"
          autoFocus
        />
        <Checkbox
          label={t('signIn.remember')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <Button type="submit" loading={busy} fullWidth>
          {t('signIn.open')}
        </Button>
      </form>
    </main>
  );
}
