// Decides what each event means for what the page has fetched: records and traffic carry their facts, the rest is fetched again.
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../main/contract/events.ts';
import type { RecordFilter, RecordPage, RequestRecord } from '../../main/contract/schemas/record.ts';
import { askAgain } from './askAgain.ts';
import type { Operations } from './operations.ts';
import { prependRecords, recordMatches } from './recordFilter.ts';
import { throttle } from './throttle.ts';
import type { TrafficStore } from './trafficStore.ts';

/** A list watched for hours is cut back to one page beyond this many rows on top. */
const longestHead = 1000;
const pageRows = 100;

/** Sums change with every request; they are asked for again at most this often. */
const sumsEveryMs = 2000;
const countsEveryMs = 5000;
const hoursEveryMs = 30_000;
/** A record is told at once, but written down up to this much later: an answer before then may not hold it yet. */
const writtenAfterMs = 400;

interface Deps {
  queryClient: QueryClient;
  operations: Operations;
  traffic: TrafficStore;
}

function inputOf(queryKey: readonly unknown[]): RecordFilter | undefined {
  return (queryKey[1] as { input?: RecordFilter } | undefined)?.input;
}

function addRecords({ queryClient, operations }: Deps, records: readonly RequestRecord[]) {
  const lists = queryClient.getQueryCache().findAll({ queryKey: operations.records.list.key() });
  for (const list of lists) {
    const filter = inputOf(list.queryKey);
    const wanted = records.filter((record) => recordMatches(record, filter ?? {}));
    if (wanted.length === 0) continue;
    let cut = false;
    queryClient.setQueryData<InfiniteData<RecordPage> | RecordPage>(list.queryKey, (data) => {
      if (!data) return data;
      if (!('pages' in data)) {
        const page = prependRecords(data, wanted);
        return { ...page, records: page.records.slice(0, filter?.limit ?? pageRows) };
      }
      const [first, ...rest] = data.pages;
      if (!first) return data;
      const head = prependRecords(first, wanted);
      cut = head.records.length > longestHead;
      if (!cut) return { ...data, pages: [head, ...rest] };
      return {
        pages: [{ ...head, records: head.records.slice(0, pageRows) }],
        pageParams: data.pageParams.slice(0, 1),
      };
    });
    // The cut page's cursor points past the rows cut away: one fresh page sets it right.
    if (cut) void queryClient.invalidateQueries({ queryKey: list.queryKey, exact: true });
  }
}

/** Returns the handler of events and a function that drops what it still had in mind. */
export function createLiveEventHandler(deps: Deps): {
  handle(event: LiveEvent): void;
  /** Fetches what hangs on the time of day again. */
  minutePassed(): void;
  dispose(): void;
} {
  const { queryClient, operations, traffic } = deps;
  const refetch = (queryKey: readonly unknown[]) => askAgain(queryClient, queryKey);
  const sums = throttle(() => refetch(operations.usage.summary.key()), sumsEveryMs, writtenAfterMs);
  const counts = throttle(
    () => {
      refetch(operations.usage.series.key());
      refetch(operations.endpoints.list.key());
      refetch(operations.clientKeys.list.key());
    },
    countsEveryMs,
    writtenAfterMs,
  );

  const hours = throttle(() => refetch(operations.usage.heatMap.key()), hoursEveryMs, writtenAfterMs);

  function agedFacts(): void {
    refetch(operations.usage.key());
    refetch(operations.endpoints.list.key());
    refetch(operations.clientKeys.list.key());
  }

  let recent: { record: RequestRecord; at: number }[] = [];
  const listPath = JSON.stringify(operations.records.list.key()[0]);
  /** When a list that is on its way was asked for. */
  const askedAt = new WeakMap<Query, number>();
  // However late it comes: it may lack the records told since it was asked for, and just before.
  const stopWatching = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || JSON.stringify(event.query.queryKey[0]) !== listPath) return;
    if (event.action.type === 'fetch') askedAt.set(event.query, Date.now());
    if (event.action.type !== 'success' || event.action.manual) return;
    const since = (askedAt.get(event.query) ?? Date.now()) - 2 * writtenAfterMs;
    addRecords(
      deps,
      recent.filter(({ at }) => at >= since).map(({ record }) => record),
    );
  });

  return {
    handle(event) {
      switch (event.name) {
        case 'traffic':
          return traffic.push(event.second);
        case 'records':
          recent = [...event.records.map((record) => ({ record, at: Date.now() })), ...recent].slice(
            0,
            pageRows,
          );
          addRecords(deps, event.records);
          sums();
          hours();
          return counts();
        case 'status':
          // Who is asked hangs on the spending mode.
          refetch(operations.models.key());
          return refetch(operations.gateway.status.key());
        case 'endpoints':
          refetch(operations.models.key());
          // What was removed is named there from now on.
          refetch(operations.usage.names.key());
          return refetch(operations.endpoints.list.key());
        case 'clientKeys':
          refetch(operations.usage.names.key());
          return refetch(operations.clientKeys.list.key());
        case 'settings':
          // Prices, contexts and the strategy stand there, and where a day begins.
          refetch(operations.models.key());
          refetch(operations.settings.get.key());
          return agedFacts();
        case 'usage':
          refetch(operations.records.key());
          return agedFacts();
      }
    },
    minutePassed: agedFacts,
    dispose() {
      stopWatching();
      sums.cancel();
      counts.cancel();
      hours.cancel();
    },
  };
}
