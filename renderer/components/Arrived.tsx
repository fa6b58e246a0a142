import { useLayoutEffect } from 'react';

/** index.html draws the window's outline until there is a page: it goes in the frame in which the page comes, and is back with the next wait. */
export function Arrived({ children }: { children: React.ReactNode }) {
  useLayoutEffect(() => {
    const outline = document.getElementById('outline');
    outline?.setAttribute('hidden', '');
    return () => outline?.removeAttribute('hidden');
  }, []);
  return children;
}
