import {
  IconAdjustmentsHorizontal,
  IconCube,
  IconDevices,
  IconKey,
  IconList,
  IconPlug,
  IconWaveSine,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useSession } from '../api/session.ts';
import { FeedNote } from './FeedNote.tsx';
import classes from './Frame.module.css';
import { GatewayFoot } from './GatewayFoot.tsx';
import { Mark } from './Mark.tsx';

const places = [
  { path: '/', name: 'nav.overview', Icon: IconWaveSine },
  { path: '/endpoints', name: 'nav.endpoints', Icon: IconPlug },
  { path: '/models', name: 'nav.models', Icon: IconCube },
  { path: '/keys', name: 'nav.keys', Icon: IconKey },
  { path: '/requests', name: 'nav.requests', Icon: IconList },
  { path: '/connect', name: 'nav.connect', Icon: IconDevices },
  { path: '/settings', name: 'nav.settings', Icon: IconAdjustmentsHorizontal },
] as const;

/** The side bar (a row on top where it is narrow) and the one scrolling place for the page. */
export function Frame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const [location] = useLocation();
  const here = `/${location.split('/')[1] ?? ''}`;

  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={() => document.getElementById('main')?.focus()}>
        {t('nav.skip')}
      </button>
      <header className={classes.side}>
        <div className={classes.name}>
          <Mark size={22} />
          <span>Sluice</span>
        </div>
        <nav className={classes.places} aria-label={t('nav.label')}>
          {places.map(({ path, name, Icon }) => (
            <Link
              key={path}
              href={path}
              className={classes.place}
              aria-current={here === path ? 'page' : undefined}
            >
              <Icon className={classes.icon} size={16} stroke={1.6} aria-hidden="true" />
              <span>{t(name)}</span>
            </Link>
          ))}
        </nav>
        <div className={classes.foot}>
          <FeedNote />
          <GatewayFoot />
          {signOut && (
            <button type="button" className={classes.signOut} onClick={signOut}>
              {t('nav.signOut')}
            </button>
          )}
        </div>
      </header>
      <main className={classes.page} id="main" tabIndex={-1} key={here}>
        {children}
      </main>
    </div>
  );
}
