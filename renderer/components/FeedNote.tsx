import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import classes from './FeedNote.module.css';
import { StateMark } from './StateMark.tsx';

/** Says calmly that what is shown may be old, while the gateway can't be reached. */
export function FeedNote() {
  const { t } = useTranslation();
  const { feed } = useSession();
  const state = useSyncExternalStore(feed.subscribe, () => feed.state);
  return (
    <div role="status" className={classes.note}>
      {state === 'reconnecting' && (
        <>
          <StateMark tone="wait" />
          <span>{t('feed.reconnecting')}</span>
        </>
      )}
    </div>
  );
}
