import { useMemo, useRef } from 'react';
import { Router } from 'wouter';
import { useOpenPlace } from './useOpenPlace.ts';

/** Every link in here means a place in the full window, also those of parts that know nothing of the small one. */
export function FullWindowLinks({ children }: { children: React.ReactNode }) {
  const now = useOpenPlace();
  const openPlace = useRef(now);
  openPlace.current = now;
  const hook = useMemo(() => {
    const location = (): [string, (place: string) => void] => ['/tray', (place) => openPlace.current(place)];
    return Object.assign(location, { hrefs: (place: string) => `#${place}` });
  }, []);
  return <Router hook={hook}>{children}</Router>;
}
