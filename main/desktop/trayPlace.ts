// Keeps the icon where the desktop has a place for it, and makes it anew when a place appears. What is shown outlives the icon.
import type { Rectangle } from 'electron';
import type { Log } from '../base/log.ts';
import type { TrayIcon } from './tray.ts';
import type { TrayFacts } from './trayState.ts';
import type { Words } from './words.ts';

export interface TrayPlace {
  /** False where the window is the only way in. */
  readonly shown: boolean;
  show(facts: TrayFacts, words: Words): void;
  bounds(): Rectangle | null;
  /** Whether panels of this desktop show icons, as far as it tells. */
  setHost(present: boolean): void;
  destroy(): void;
}

export function createTrayPlace(deps: {
  /** Throws where the system refuses. */
  create: () => TrayIcon;
  /** The desktop has no place for an icon. */
  onMissing: () => void;
  /** Calls `over` a while later, unless what it returns is called before: at login and after a crash panels come late. */
  patience: (over: () => void) => () => void;
  log: Log;
}): TrayPlace {
  let icon: TrayIcon | null = null;
  let last: { facts: TrayFacts; words: Words } | null = null;
  let ended = false;
  let stopWaiting: (() => void) | null = null;

  /** A system without a place for it must not keep the gateway from running. */
  function create(): void {
    try {
      icon = deps.create();
      if (last) icon.show(last.facts, last.words);
    } catch (error) {
      deps.log.warn('there is no tray to show the icon in', { error: String(error) });
    }
  }

  create();
  return {
    get shown() {
      return icon !== null;
    },
    show(facts, words) {
      last = { facts, words };
      icon?.show(facts, words);
    },
    bounds: () => icon?.bounds() ?? null,
    setHost(present) {
      if (ended || present === (icon !== null)) return;
      stopWaiting?.();
      stopWaiting = null;
      if (present) {
        create();
        return;
      }
      icon?.destroy();
      icon = null;
      stopWaiting = deps.patience(deps.onMissing);
    },
    destroy() {
      ended = true;
      stopWaiting?.();
      icon?.destroy();
      icon = null;
    },
  };
}
