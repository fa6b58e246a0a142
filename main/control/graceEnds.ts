// Takes the replaced secrets of client keys out of the settings when their time is over, and with that out of the vault. Whether one
// still works is decided where clients are let in: nothing rests on this being punctual.
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import type { VaultHolder } from '../store/vaultHolder.ts';
import type { ConfigControl } from './applyConfig.ts';
import type { Problems } from './problems.ts';

/** Changes the settings. `now` is Unix ms. */
export function endOverdue(settings: Settings, now: number): void {
  for (const key of settings.clientKeys)
    if (key.previous && Date.parse(key.previous.until) <= now) delete key.previous;
}

/** The wall clock may be set, and the machine may sleep: a long wait is taken in steps. */
const longestWaitMs = 60_000;

export function createGraceEnds(deps: {
  config: Pick<ConfigControl, 'edit' | 'snapshots'>;
  vault: Pick<VaultHolder, 'status'>;
  problems: Pick<Problems, 'list'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): { close(): void } {
  const { config, clock } = deps;
  let timer: NodeJS.Timeout | undefined;
  let ending = false;
  let closed = false;

  /** A locked vault could not forget the secret, and a file that somebody is at work in is not to be written over. */
  const mayEdit = (): boolean =>
    deps.vault.status().state === 'ready' &&
    !deps.problems.list().some(({ code }) => code === 'settings-invalid');

  function lookIn(ms: number): void {
    if (!closed) timer = setTimeout(watch, Math.min(ms, longestWaitMs)).unref();
  }

  async function end(): Promise<void> {
    ending = true;
    const done = await config
      .edit((draft) => endOverdue(draft, clock.now()))
      .catch((error: unknown) => {
        deps.log.warn('a replaced secret could not be taken out yet', { error: String(error) });
        return null;
      });
    ending = false;
    if (done) watch();
    else lookIn(longestWaitMs);
  }

  function watch(): void {
    clearTimeout(timer);
    const ends = config.snapshots.current.clientKeys.flatMap(({ previous }) => previous?.until ?? []);
    if (ends.length === 0 || ending || closed) return;
    const wait = Math.min(...ends) - clock.now();
    if (wait > 0) lookIn(wait);
    else if (mayEdit()) void end();
    else lookIn(longestWaitMs);
  }

  const stopFollowing = config.snapshots.onSwap(watch);
  watch();
  return {
    close() {
      closed = true;
      stopFollowing();
      clearTimeout(timer);
    },
  };
}
