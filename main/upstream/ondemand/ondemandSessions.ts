// Remembers which session of the service stands at the end of which conversation, so that it is told only what is new.
import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { SystemPromptPlace } from '../../contract/readOptions.ts';
import type { OndemandTurn } from '../../protocol/ondemand/ondemandRequest.ts';

/** What a session must have been made for and told, to the letter, to be gone on with. */
export interface SessionPlace {
  readonly accountKey: string;
  /** Another credential or place under the same key has none of its sessions. */
  readonly access: string;
  readonly owner: string;
  readonly endpointId: string;
  readonly system: string;
  /** A session that got the system text with each query was never told it. */
  readonly systemPlace: SystemPromptPlace;
}

export interface OndemandSessions {
  /** The session that was told just this and nothing else, or null. It is out of the store then: nobody else can get it. */
  take(place: SessionPlace, history: readonly OndemandTurn[]): string | null;
  /** `ms` after which it is not used again. */
  put(place: SessionPlace, history: readonly OndemandTurn[], sessionId: string, ms: number): void;
  drop(accountKey: string): void;
  readonly size: number;
}

interface Kept {
  readonly sessionId: string;
  readonly accountKey: string;
  /** On the monotonic clock. */
  readonly until: number;
}

/** Enough for every conversation that may go on at once; the oldest goes first. */
const most = 2_000;

const hash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');

function keyOf(place: SessionPlace, history: readonly OndemandTurn[]): string {
  const { accountKey, access, owner, endpointId, system, systemPlace } = place;
  const told = history.map(({ role, text }) => [role, text]);
  return hash([accountKey, access, owner, endpointId, system, systemPlace, told]);
}

/** The turns the service has answered, and those that are new. A conversation that ends with an answer has nothing new. */
export function splitTurns(turns: readonly OndemandTurn[]): {
  readonly history: readonly OndemandTurn[];
  readonly fresh: readonly OndemandTurn[];
} {
  const at = turns.findLastIndex(({ role }) => role === 'assistant') + 1;
  return { history: turns.slice(0, at), fresh: turns.slice(at) };
}

export function createOndemandSessions(clock: Pick<Clock, 'monotonic'>): OndemandSessions {
  /** In the order in which they were put; two conversations that went the same way share a place, and the later one has it. */
  const kept = new Map<string, Kept>();

  function sweep(): void {
    for (const [key, { until }] of kept) {
      if (kept.size <= most && until > clock.monotonic()) return;
      kept.delete(key);
    }
  }

  return {
    take(place, history) {
      const key = keyOf(place, history);
      const found = kept.get(key);
      if (!found) return null;
      kept.delete(key);
      return found.until > clock.monotonic() ? found.sessionId : null;
    },
    put(place, history, sessionId, ms) {
      const key = keyOf(place, history);
      kept.delete(key);
      kept.set(key, { sessionId, accountKey: place.accountKey, until: clock.monotonic() + ms });
      sweep();
    },
    drop(accountKey) {
      for (const [key, session] of kept) if (session.accountKey === accountKey) kept.delete(key);
    },
    get size() {
      return kept.size;
    },
  };
}
