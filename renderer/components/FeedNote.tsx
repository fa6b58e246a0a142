import { useTranslation } from 'react-i18next';
import { useAway } from '../api/useAway.ts';
import classes from './FeedNote.module.css';
import { StateMark } from './StateMark.tsx';

/** Says calmly that what is shown may be old, while the gateway can't be reached. */
export function FeedNote() {
  const { t } = useTranslation();
  const away = useAway();
  return (
    <div role="status" className={classes.note}>
      {away && (
        <>
          <StateMark tone="wait" />
          <span>{t('feed.reconnecting')}</span>
        </>
      )}
    </div>
  );
}
