import { useEffect } from 'react';
import { useShell } from '../../api/shell.ts';

/** Escape closes the small window, unless something open in it wants the key first. */
export function useEscape(): void {
  const shell = useShell();
  useEffect(() => {
    if (!shell) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('[role="menu"], [role="dialog"]')) return;
      void shell.closePanel();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [shell]);
}
