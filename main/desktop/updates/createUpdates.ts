// Looks for a newer version now and then, and does with it what the person says. Nothing waits for it, and nothing fails with it.
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { UpdateState, UpdateView } from '../../contract/schemas/update.ts';
import { type Changes, createChanges } from '../changes.ts';
import { nextUpdate, type UpdateEvent } from './nextUpdate.ts';
import type { UpdateEngine } from './updateEngine.ts';
import { troubleOf } from './updateError.ts';

const secondMs = 1_000;
const hourMs = 3_600 * secondMs;
const firstAfterMs = 10 * secondMs;
const dayMs = 24 * hourMs;
/** Not all programs of the world at once. */
const jitterMs = 2 * hourMs;

export interface UpdatesDeps {
  version: string;
  page: string | null;
  /** Why it is off, or what it works with. It is made when it is first needed. */
  source: { off: Extract<UpdateState, { state: 'off' }>['reason'] } | { engine: () => Promise<UpdateEngine> };
  way: UpdateView['way'];
  /** Whether there is a network at all. */
  isOnline: () => boolean;
  /** Ends the program in order; whoever ends it calls `leave` last. */
  quit: () => void;
  clock: Pick<Clock, 'now'>;
  random: () => number;
  log: Log;
}

export interface Updates {
  readonly view: Changes<UpdateView>;
  /** Begins to look by itself. */
  begin(): void;
  check(): void;
  load(): void;
  cancel(): void;
  restart(): void;
  /** The program's last word, when all is drained: true where the update ends the program itself. */
  leave(): boolean;
  close(): void;
}

export function createUpdates(deps: UpdatesDeps): Updates {
  const { log, source } = deps;
  const on = 'engine' in source;
  const first: UpdateState = on ? { state: 'idle' } : { state: 'off', reason: source.off };
  const { version, way, page } = deps;
  const view = createChanges<UpdateView>({ version, way, page, update: first });
  let engine: Promise<UpdateEngine> | null = null;
  let made: UpdateEngine | null = null;
  let loading: AbortController | null = null;
  let timer: NodeJS.Timeout | null = null;

  /** True where it led to another state. */
  function tell(event: UpdateEvent): boolean {
    const before = view.now;
    const update = nextUpdate(before.update, event);
    if (update !== before.update) view.set({ ...before, update });
    return update !== before.update;
  }

  async function engineNow(): Promise<UpdateEngine> {
    if (!on) throw new Error('updates are off');
    engine ??= source.engine();
    try {
      made = await engine;
      return made;
    } catch (error) {
      engine = null;
      throw error;
    }
  }

  function trouble(what: string, error: unknown): ReturnType<typeof troubleOf> {
    const reason = troubleOf(error);
    log.warn(what, { trouble: reason, error: error instanceof Error ? error.message : String(error) });
    return reason;
  }

  async function lookNow(): Promise<void> {
    if (!tell({ event: 'check' })) return;
    try {
      const release = await (await engineNow()).check();
      tell({ event: 'checked', release, at: deps.clock.now() });
    } catch (error) {
      const reason = trouble('no newer version could be asked for', error);
      tell({ event: 'check-failed', trouble: reason, at: deps.clock.now() });
    }
  }

  async function loadNow(): Promise<void> {
    if (way !== 'itself' || !tell({ event: 'load' })) return;
    loading = new AbortController();
    const { signal } = loading;
    try {
      await (await engineNow()).load((percent) => tell({ event: 'progress', percent }), signal);
      tell({ event: 'loaded' });
    } catch (error) {
      tell({
        event: 'load-failed',
        trouble: signal.aborted ? null : trouble('the newer version could not be loaded', error),
      });
    } finally {
      loading = null;
    }
  }

  function plan(afterMs: number): void {
    timer = setTimeout(async () => {
      const asked = deps.isOnline();
      if (asked && view.now.update.state !== 'available') await lookNow();
      const well = asked && view.now.update.state !== 'failed';
      plan((well ? dayMs : hourMs) + deps.random() * jitterMs);
    }, afterMs);
    timer.unref();
  }

  return {
    view,
    begin() {
      if (on && timer === null) plan(firstAfterMs);
    },
    check: () => void lookNow(),
    load: () => void loadNow(),
    cancel: () => loading?.abort(),
    restart() {
      if (tell({ event: 'restart' })) deps.quit();
    },
    leave() {
      if (view.now.update.state !== 'restarting' || !made) return false;
      try {
        made.restart();
        return true;
      } catch (error) {
        trouble('the newer version could not be put in place', error);
        tell({ event: 'restart-failed' });
        return false;
      }
    },
    close() {
      if (timer) clearTimeout(timer);
      loading?.abort();
    },
  };
}
