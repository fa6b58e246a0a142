// The records of a long list of which only those near the screen are in memory. Pages further off give up their records and keep their
// place, and are fetched again by the same cursor when they come near. It never decides what a list is narrowed to.
import type { RecordPage, RequestRecord } from '../../../main/contract/schemas/record.ts';

const pageRows = 200;
/** Rows beyond the screen that are fetched before they are seen. */
const ahead = 60;
const keptPages = 6;
const retryMs = 2000;

interface Spot {
  /** Leads to its first record. */
  cursor: string;
  /** Of its first record, counted from the end of the head. */
  start: number;
  count: number;
  records: readonly RequestRecord[] | null;
}

export interface RecordWindow {
  /** Records known of so far. */
  count(): number;
  /** Undefined for those that are on their way. */
  at(index: number): RequestRecord | undefined;
  /** -1 where it is not in memory. */
  indexOf(id: string): number;
  /** Nothing found yet, and not yet everything looked through. */
  searching(): boolean;
  /** The newest records and the cursor of what follows them. Another cursor begins another list. */
  setHead(records: readonly RequestRecord[], next: string | null): void;
  /** Which rows are on the screen. */
  show(first: number, last: number): void;
  /** Changes with each change. */
  version(): number;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** `fetchPage` answers as `records.list` does: a page may be short or empty although more follows. */
export function createRecordWindow(deps: {
  fetchPage(cursor: string, limit: number, signal: AbortSignal): Promise<RecordPage>;
}): RecordWindow {
  const listeners = new Set<() => void>();
  let head: readonly RequestRecord[] = [];
  let anchor: string | null = null;
  let tail: string | null = null;
  let spots: Spot[] = [];
  let first = 0;
  let last = 0;
  let version = 0;
  let running: { cursor: string; abort: AbortController } | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;

  const known = (): number => {
    const end = spots.at(-1);
    return head.length + (end ? end.start + end.count : 0);
  };

  function publish(): void {
    version += 1;
    for (const listener of listeners) listener();
  }

  function spotAt(index: number): Spot | undefined {
    const row = index - head.length;
    let low = 0;
    let high = spots.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const spot = spots[middle];
      if (!spot || row < spot.start) high = middle - 1;
      else if (row >= spot.start + spot.count) low = middle + 1;
      else return spot;
    }
    return undefined;
  }

  const distance = ({ start, count }: Spot): number =>
    Math.max(head.length + start - last, first - head.length - start - count, 0);

  /** What should be fetched next: a page near the screen that is not in memory, else the one after the last known. */
  function wanted(): Spot | 'tail' | null {
    const missing = spots
      .filter((spot) => spot.records === null && distance(spot) <= ahead)
      .sort((a, b) => distance(a) - distance(b));
    return missing[0] ?? (tail !== null && last + ahead >= known() ? 'tail' : null);
  }

  function letGo(): void {
    const held = spots.filter(({ records }) => records !== null);
    held.sort((a, b) => distance(a) - distance(b));
    for (const spot of held.slice(keptPages)) spot.records = null;
  }

  async function fetchSpot(spot: Spot, signal: AbortSignal): Promise<void> {
    const records: RequestRecord[] = [];
    let cursor: string | null = spot.cursor;
    while (cursor !== null && records.length < spot.count) {
      const page: RecordPage = await deps.fetchPage(cursor, spot.count - records.length, signal);
      records.push(...page.records);
      cursor = page.nextCursor;
    }
    // Those pruned meanwhile are the oldest: what comes before them stays where it is.
    if (!signal.aborted) spot.records = records;
  }

  async function fetchTail(cursor: string, signal: AbortSignal): Promise<void> {
    const page = await deps.fetchPage(cursor, pageRows, signal);
    if (signal.aborted) return;
    tail = page.nextCursor;
    const count = page.records.length;
    if (count > 0) spots.push({ cursor, start: known() - head.length, count, records: page.records });
  }

  function pump(): void {
    if (retry !== null) return;
    const next = wanted();
    const cursor = next === 'tail' ? tail : (next?.cursor ?? null);
    if (running?.cursor === cursor) return;
    running?.abort.abort();
    running = null;
    if (next === null || cursor === null) return;
    const abort = new AbortController();
    running = { cursor, abort };
    const fetched = next === 'tail' ? fetchTail(cursor, abort.signal) : fetchSpot(next, abort.signal);
    void fetched.then(
      () => {
        if (abort.signal.aborted) return;
        running = null;
        letGo();
        publish();
        pump();
      },
      () => {
        if (abort.signal.aborted) return;
        running = null;
        retry = setTimeout(() => {
          retry = null;
          pump();
        }, retryMs);
      },
    );
  }

  return {
    count: known,
    at(index) {
      if (index < head.length) return head[index];
      const spot = spotAt(index);
      return spot?.records?.[index - head.length - spot.start];
    },
    indexOf(id) {
      const index = head.findIndex((record) => record.id === id);
      if (index >= 0) return index;
      for (const { records, start } of spots) {
        const at = records?.findIndex((record) => record.id === id) ?? -1;
        if (at >= 0) return head.length + start + at;
      }
      return -1;
    },
    searching: () => known() === 0 && tail !== null,
    setHead(records, next) {
      if (next !== anchor) {
        running?.abort.abort();
        running = null;
        anchor = next;
        tail = next;
        spots = [];
      }
      head = records;
      publish();
      pump();
    },
    show(from, to) {
      first = from;
      last = to;
      pump();
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      running?.abort.abort();
      if (retry !== null) clearTimeout(retry);
      retry = null;
    },
  };
}
