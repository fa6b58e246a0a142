import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useOperations } from '../../api/session.ts';

const pageRows = 100;

export interface RecordRows {
  /** Undefined until the first page is here. */
  records: readonly RequestRecord[] | undefined;
  /** How many newer ones are held back. */
  waiting: number;
  error: unknown;
  loadMore(): void;
  loadingMore: boolean;
}

/**
 * The records of a query. While `held`, those that come in are counted instead of shown, so that nothing moves under the eye.
 */
export function useRecordRows(query: RecordQuery, held: boolean): RecordRows {
  const list = useInfiniteQuery(
    useOperations().records.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...query, limit: pageRows, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  );
  const anchor = useRef<string | null>(null);
  const all = useMemo(() => list.data?.pages.flatMap((page) => page.records), [list.data]);

  if (!held) anchor.current = all?.[0]?.id ?? null;
  const found = anchor.current === null ? 0 : (all?.findIndex((record) => record.id === anchor.current) ?? 0);
  const waiting = held ? Math.max(0, found) : 0;
  const records = useMemo(() => (waiting > 0 ? all?.slice(waiting) : all), [all, waiting]);

  return {
    records,
    waiting,
    error: list.error,
    loadMore() {
      if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
    },
    loadingMore: list.isFetchingNextPage,
  };
}
