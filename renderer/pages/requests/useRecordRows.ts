import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useOperations } from '../../api/session.ts';

const pageRows = 100;

/** A page may come back short although there is more: the store looks for a bounded time. Until this much is here, we go on. */
const screenRows = 40;

export interface RecordRows {
  /** Undefined until the first ones are found, or it is clear that there are none. */
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

  const count = all?.length ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const goOn = hasNextPage && !isFetching && count < screenRows;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);

  if (!held) anchor.current = all?.[0]?.id ?? null;
  const found = anchor.current === null ? 0 : (all?.findIndex((record) => record.id === anchor.current) ?? 0);
  const waiting = held ? Math.max(0, found) : 0;
  const records = useMemo(() => (waiting > 0 ? all?.slice(waiting) : all), [all, waiting]);

  const searching = count === 0 && hasNextPage;
  return {
    records: searching ? undefined : records,
    waiting,
    error: list.error,
    loadMore() {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    loadingMore: list.isFetchingNextPage,
  };
}
