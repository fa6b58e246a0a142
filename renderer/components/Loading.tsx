import { useTranslation } from 'react-i18next';
import { errorWords } from '../api/errorWords.ts';
import classes from './Loading.module.css';
import { Mark } from './Mark.tsx';

/** The place of what is not here yet: nothing for a blink, the flowing mark after it, the reason when it failed. */
export function Loading({ error, height = 200 }: { error?: unknown; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.place} style={{ minHeight: height }}>
      {error ? (
        <p role="alert" className={classes.words}>
          {errorWords(error, t)}
        </p>
      ) : (
        <div className={classes.late} data-loading role="status" aria-label={t('loading')}>
          <Mark size={28} flowing />
        </div>
      )}
    </div>
  );
}
