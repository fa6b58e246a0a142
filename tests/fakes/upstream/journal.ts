// What really reached the upstream and what became of it: the truth that tests hold the gateway's records against.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from './asked.ts';
import type { Reply } from './reply.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';

/** A request and how far its answer came, whatever the upstream is. */
export interface Exchange extends UpstreamRequest {
  /** 1, 2, 3 … in order of arrival. */
  id: number;
  /** Unix milliseconds. */
  time: number;
  /** Serial number of the connection: equal numbers mean a reused socket. */
  connection: number;
  /** The fault that was played, `ok` for none. */
  fault: string;
  /** HTTP status sent; null before the head went out. */
  status: number | null;
  /** Body bytes handed to the socket, framing not counted. */
  bytesSent: number;
  /** `answered` whole; `fault` broken off by the fault; `client` the client closed first; `open` still going. */
  ended: 'open' | 'answered' | 'fault' | 'client';
  /** How the client closed, where it did so before the end. */
  clientClosed: 'fin' | 'reset' | null;
  /** Unix milliseconds. */
  endedAt: number | null;
}

export interface JournalEntry extends Exchange {
  /** What a request for a conversation asks of the model; null for others. */
  asked: Asked | null;
  /** What was answered to it; null where a fault or a refusal stood in its place. */
  said: Reply | null;
  /** Why a strict upstream refused the request: what its published types or its own rules do not allow. */
  violation: string | null;
}

/** What a request begins with in the journal, before anything is answered. */
export function newExchange(
  request: UpstreamRequest,
  about: { id: number; connection: number; fault: string },
): Exchange {
  return {
    ...request,
    ...about,
    time: Date.now(),
    status: null,
    bytesSent: 0,
    ended: 'open',
    clientClosed: null,
    endedAt: null,
  };
}

export interface Filter {
  model?: string;
  key?: string;
  path?: string;
}

export interface Journal<E extends Exchange = JournalEntry, F = Filter> {
  readonly entries: readonly E[];
  of(filter: F): E[];
  /** The newest entry; throws where there is none. */
  last(): E;
  /** Resolves once `ready` holds; rejects with what is in the journal after `withinMs` (20 s). */
  waitFor(ready: (entries: readonly E[]) => boolean, withinMs?: number): Promise<void>;
  clear(): void;
}

export function matches(entry: Pick<JournalEntry, 'model' | 'key' | 'path'>, filter: Filter): boolean {
  return (
    (filter.model === undefined || filter.model === entry.model) &&
    (filter.key === undefined || filter.key === entry.key) &&
    (filter.path === undefined || filter.path === entry.path)
  );
}

function summary(entries: readonly Exchange[]): string {
  return entries
    .slice(-20)
    .map(
      (entry) =>
        `#${entry.id} ${entry.method} ${entry.path} ${entry.model} ${entry.fault} ${entry.ended} ${('violation' in entry && entry.violation) || ''}`,
    )
    .join('\n');
}

/** `meets`: whether a filter means the entry. */
export function createJournal<E extends Exchange, F>(
  meets: (entry: E, filter: F) => boolean,
): Journal<E, F> & { add(entry: E): E } {
  const entries: E[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      return entry;
    },
    of: (filter) => entries.filter((entry) => meets(entry, filter)),
    last() {
      const entry = entries.at(-1);
      if (!entry) throw new Error('nothing has reached the upstream');
      return entry;
    },
    async waitFor(ready, withinMs = 20_000) {
      const deadline = performance.now() + withinMs;
      while (!ready(entries)) {
        if (performance.now() > deadline)
          throw new Error(`waited ${withinMs} ms in vain:\n${summary(entries)}`);
        await sleep(5);
      }
    },
    clear: () => void entries.splice(0),
  };
}
