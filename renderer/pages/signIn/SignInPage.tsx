import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connectBrowser } from '../../api/browserTransport.ts';
import { errorWords } from '../../api/errorWords.ts';
import { Mark } from '../../components/Mark.tsx';
import classes from './SignInPage.module.css';

interface Props {
  /** A token that was accepted before no longer is. */
  refused: boolean;
  onSignIn(token: string, remember: boolean): void;
}

/** Asks for the admin token, and tries it before it is kept. */
export function SignInPage({ refused, onSignIn }: Props) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(refused ? t('signIn.expired') : null);

  async function submit() {
    const wanted = token.trim();
    if (!wanted) return;
    // Anything else can't even be sent in a header.
    if (!/^[\x21-\x7e]+$/.test(wanted)) {
      setError(t('signIn.wrong'));
      return;
    }
    setBusy(true);
    setError(null);
    let wrong = false;
    try {
      await connectBrowser(wanted, () => {
        wrong = true;
      }).gateway.status();
      onSignIn(wanted, remember);
    } catch (failure) {
      setError(wrong ? t('signIn.wrong') : errorWords(failure, t));
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
        </div>
        <PasswordInput
          label={t('signIn.token')}
          description={t('signIn.where')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={error}
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
