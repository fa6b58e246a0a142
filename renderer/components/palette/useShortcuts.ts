import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { undoLast } from '../toast.tsx';
import { isCommand } from './keyNames.ts';
import { places } from './places.ts';

/** How long a g waits for its second letter. */
const chordMs = 1500;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  );
}

/** The keys that work on every page. Letters are left to whoever types, and to an open dialog. */
export function useShortcuts(open: (what: 'palette' | 'shortcuts') => void): void {
  const [, navigate] = useLocation();

  useEffect(() => {
    let chordSince = Number.NEGATIVE_INFINITY;

    function press(event: KeyboardEvent): boolean {
      if (event.isComposing) return false;
      const key = event.key.toLowerCase();
      if (isCommand(event) && key === 'k') {
        open('palette');
        return true;
      }
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return false;
      if (isCommand(event) && key === 'z') return undoLast();
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      const chord = event.timeStamp - chordSince < chordMs;
      chordSince = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const place = chord && places.find(({ letter }) => letter === key);
      if (place) navigate(place.path);
      else if (event.key === '?') open('shortcuts');
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
        search?.focus();
        search?.select();
        return search !== null;
      } else return false;
      return true;
    }

    const listener = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && press(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [open, navigate]);
}
