// The service's sessions: whose they are, and everything each of them was told.
import { randomBytes } from 'node:crypto';
import type { Metrics } from './streamEvents.ts';

export interface SessionTurn {
  readonly messageId: string;
  /** Number of the request in the journal. */
  readonly request: number;
  readonly endpointId: string;
  readonly mode: 'sync' | 'stream' | 'webhook';
  /** What the session was told. */
  readonly query: string;
  /** `fulfillmentPrompt`: for this answer only, not remembered. */
  readonly prompt: string | null;
  /** What the model said; "" for an answer that a fault left out. */
  readonly answer: string;
  /** What the model thought aloud; null where it did not. */
  readonly thoughts: string | null;
  readonly metrics: Metrics;
}

export interface OndemandSession {
  readonly id: string;
  /** Whose credential made it. */
  readonly account: string;
  readonly externalUserId: string;
  readonly contextMetadata: readonly unknown[];
  readonly createdAt: string;
  readonly turns: readonly SessionTurn[];
  /** Addresses and names of the files that were uploaded into it. */
  readonly media: readonly string[];
  /** Deleted, or forgotten by the service; what it was told stays here. */
  readonly gone: boolean;
}

/** In how many queries of the session the marker stands. */
export function timesTold(session: OndemandSession, marker: string): number {
  return session.turns.filter(({ query }) => query.includes(marker)).length;
}

/** 24 hex digits, as ids of the service are. */
export function newId(): string {
  return randomBytes(12).toString('hex');
}

/** Go's times, which may carry nanoseconds. */
function nowInNanoseconds(): string {
  return new Date().toISOString().replace('Z', '456789Z');
}

/** A session as the service tells of it. */
export function sessionView(session: OndemandSession) {
  const { id, externalUserId, contextMetadata, createdAt } = session;
  const off = { enabled: false };
  return {
    id,
    companyId: '64b0c0ffee00000000000aaa',
    externalUserId,
    pluginIds: [],
    agentIds: [],
    contextMetadata,
    title: '',
    status: session.turns.length === 0 ? 'draft' : 'active',
    createdBy: '64b0c0ffee00000000000bbb',
    createdAt,
    updatedAt: createdAt,
    liveSettings: { enabled: false, mode: 'on-events', destinations: { email: off, slack: off } },
  };
}

export interface SessionStore {
  /** In order of making, those that are gone too. */
  readonly all: readonly OndemandSession[];
  create(about: Pick<OndemandSession, 'account' | 'externalUserId' | 'contextMetadata'>): OndemandSession;
  /** Null where there is none, or it is another account's, or gone. */
  find(id: string | null, account: string | null): OndemandSession | null;
  remember(session: OndemandSession, turn: SessionTurn): void;
  attach(session: OndemandSession, file: string): void;
  /** False where there was none. */
  forget(id: string): boolean;
  clear(): void;
}

export function createSessionStore(): SessionStore {
  type Kept = OndemandSession & { turns: SessionTurn[]; media: string[]; gone: boolean };
  const kept = new Map<string, Kept>();
  const needed = ({ id }: OndemandSession): Kept => {
    const session = kept.get(id);
    if (!session) throw new Error(`there is no session ${id}`);
    return session;
  };
  return {
    get all() {
      return [...kept.values()];
    },
    create(about) {
      const session: Kept = {
        ...about,
        id: newId(),
        createdAt: nowInNanoseconds(),
        turns: [],
        media: [],
        gone: false,
      };
      kept.set(session.id, session);
      return session;
    },
    find(id, account) {
      const session = id === null ? undefined : kept.get(id);
      return session && session.account === account && !session.gone ? session : null;
    },
    remember: (session, turn) => void needed(session).turns.push(turn),
    attach: (session, file) => void needed(session).media.push(file),
    forget(id) {
      const session = kept.get(id);
      if (!session || session.gone) return false;
      session.gone = true;
      return true;
    },
    clear: () => kept.clear(),
  };
}
