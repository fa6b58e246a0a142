import { goTo } from '../../api/hashLocation.ts';
import { useShell } from '../../api/shell.ts';

/** Leads into the full window: another one on the desktop, this very page in a browser. */
export function useOpenPlace(): (place: string) => void {
  const shell = useShell();
  return (place) => {
    if (shell) void shell.openWindow({ place });
    else goTo(place);
  };
}
