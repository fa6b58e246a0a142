import { navigate } from 'wouter/use-hash-location';
import { useShell } from '../../api/shell.ts';

/** Leads into the full window: another one on the desktop, this very page in a browser. */
export function useOpenPlace(): (place: string) => void {
  const shell = useShell();
  return (place) => {
    if (shell) void shell.openWindow({ place });
    else navigate(place);
  };
}
