import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import classes from './SecretOnce.module.css';

/** A client key in clear, the only time it is shown. */
export function SecretOnce({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.box}>
      <code className={classes.secret} data-testid="secret">
        {secret}
      </code>
      <CopyButton text={secret} label={t('copy.key')} variant="filled" />
    </div>
  );
}
