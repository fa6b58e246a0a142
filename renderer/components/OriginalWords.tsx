import { useTranslation } from 'react-i18next';
import classes from './OriginalWords.module.css';

/** What was said in the gateway's own English, folded away behind our words for it. */
export function OriginalWords({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <details className={classes.original}>
      <summary>{t('failure.original')}</summary>
      <p lang="en">{children}</p>
    </details>
  );
}
