import { useTranslation } from 'react-i18next';
import classes from './TermsNote.module.css';

/** Where accounts are pooled or a login is stored: whose terms hold, in one line. */
export function TermsNote() {
  const { t } = useTranslation();
  return <p className={classes.note}>{t('accounts.terms')}</p>;
}
