import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { RecordPage } from '../../../main/contract/schemas/record.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useSession } from '../../api/session.ts';
import { createRecordWindow, type RecordWindow } from './createRecordWindow.ts';

const headRows = 100;

export interface RecordRows {
  window: RecordWindow;
  /** False until the first ones are found, or it is clear that there are none. */
  found: boolean;
  /** How many newer ones are held back. */
  waiting: number;
  /** There are even more than `waiting` says. */
  manyWaiting: boolean;
  error: unknown;
}

/**
 * The records of a query. While `held`, those that come in are counted instead of shown, so that nothing moves under the eye.
 */
export function useRecordRows(query: RecordQuery, held: boolean): RecordRows {
  const { operations, client } = useSession();
  // The newest page alone is a query: events put new records on its top. What follows is the window's.
  const newest = useInfiniteQuery(
    operations.records.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...query, limit: headRows, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (): string | undefined => undefined,
    }),
  );
  const page = newest.data?.pages[0];
  const shown = useRef<RecordPage | undefined>(undefined);
  if (!held || !shown.current || shown.current.records.length === 0) shown.current = page;
  const head = shown.current;

  const window = useMemo(
    () =>
      createRecordWindow({
        fetchPage: (cursor, limit, signal) => client.records.list({ ...query, cursor, limit }, { signal }),
      }),
    [client, query],
  );
  useEffect(() => () => window.close(), [window]);
  useLayoutEffect(() => {
    if (head) window.setHead(head.records, head.nextCursor);
  }, [window, head]);
  useSyncExternalStore(window.subscribe, window.version);

  const firstShown = head?.records[0]?.id;
  const place = held && page ? page.records.findIndex(({ id }) => id === firstShown) : 0;
  return {
    window,
    found: head !== undefined && !window.searching() && (window.count() > 0 || head.records.length === 0),
    waiting: place < 0 ? (page?.records.length ?? 0) : place,
    manyWaiting: place < 0,
    error: newest.error,
  };
}
