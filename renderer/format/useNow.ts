import { useEffect, useState } from 'react';

/** Unix ms, renewed every `everyMs` while the page is visible and `active`; for ages and countdowns. */
export function useNow(everyMs = 1000, active = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!active) return;
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, active]);
  return now;
}
