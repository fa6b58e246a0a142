// How an update stands, as a machine: what happens leads from one state to the next, and what has no place in a state changes nothing.
import type { Release, UpdateState, UpdateTrouble } from '../../contract/schemas/update.ts';

export type UpdateEvent =
  | { event: 'check' }
  | { event: 'checked'; release: Release | null; at: number }
  | { event: 'check-failed'; trouble: UpdateTrouble; at: number }
  | { event: 'load' }
  | { event: 'progress'; percent: number }
  | { event: 'loaded' }
  /** `trouble` is null where the person stopped it. */
  | { event: 'load-failed'; trouble: UpdateTrouble | null }
  | { event: 'restart' }
  | { event: 'restart-failed' };

const checkable: readonly UpdateState['state'][] = ['idle', 'current', 'failed', 'available'];

/** The very same object where nothing changes. */
export function nextUpdate(now: UpdateState, happened: UpdateEvent): UpdateState {
  switch (happened.event) {
    case 'check':
      return checkable.includes(now.state) ? { state: 'checking' } : now;
    case 'checked':
      if (now.state !== 'checking') return now;
      return happened.release
        ? { state: 'available', release: happened.release, trouble: null }
        : { state: 'current', checkedAt: happened.at };
    case 'check-failed':
      return now.state === 'checking'
        ? { state: 'failed', trouble: happened.trouble, checkedAt: happened.at }
        : now;
    case 'load':
      return now.state === 'available' ? { state: 'loading', release: now.release, percent: 0 } : now;
    case 'progress': {
      const percent = Math.floor(happened.percent);
      return now.state === 'loading' && percent !== now.percent ? { ...now, percent } : now;
    }
    case 'loaded':
      return now.state === 'loading' ? { state: 'ready', release: now.release } : now;
    case 'load-failed':
      return now.state === 'loading'
        ? { state: 'available', release: now.release, trouble: happened.trouble }
        : now;
    case 'restart':
      return now.state === 'ready' ? { state: 'restarting', release: now.release } : now;
    case 'restart-failed':
      return now.state === 'restarting'
        ? { state: 'available', release: now.release, trouble: 'install' }
        : now;
  }
}
