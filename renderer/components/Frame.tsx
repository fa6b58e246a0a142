import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useSession } from '../api/session.ts';
import { FeedNote } from './FeedNote.tsx';
import classes from './Frame.module.css';
import { GatewayFoot } from './GatewayFoot.tsx';
import { Mark } from './Mark.tsx';
import { PaletteHost } from './palette/PaletteHost.tsx';
import { places } from './palette/places.ts';

/** The side bar (a row on top where it is narrow) and the one scrolling place for the page. */
export function Frame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const [location] = useLocation();
  const here = `/${location.split('/')[1] ?? ''}`;
  const page = useRef<HTMLElement>(null);
  const shown = useRef(here);
  const place = places.find(({ path }) => path === here);

  // Whoever goes to a page reads on there; on the first one nothing is taken from where one is.
  useEffect(() => {
    if (shown.current === here) return;
    shown.current = here;
    page.current?.focus({ preventScroll: true });
  }, [here]);

  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={() => page.current?.focus()}>
        {t('nav.skip')}
      </button>
      <header className={classes.side}>
        <div className={classes.name}>
          <Mark size={22} />
          <span>Sluice</span>
        </div>
        <PaletteHost />
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
      <main
        className={classes.page}
        id="main"
        tabIndex={-1}
        aria-label={place && t(place.name)}
        ref={page}
        key={here}
      >
        {children}
      </main>
    </div>
  );
}
