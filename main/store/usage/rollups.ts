// The roll-ups: how long their periods are, how long they are kept, how they are written and added up.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { DayWindows } from './dayWindows.ts';
import { addRequest, addSums, emptySums, type Sums } from './sums.ts';

const hour = 3_600_000;

/** Periods in Unix time, and for how long they are kept (`retention`: as long as records; day roll-ups stay for ever). */
export const fixedSizes = {
  minute: { ms: 60_000, keepMs: 3 * hour },
  /** The midnights of all time zones of today fall on quarter hours. */
  quarter: { ms: 900_000, keepMs: 72 * hour },
  hour: { ms: hour, keepMs: 'retention' },
  /** The same periods, not broken down: those are few, whatever was asked for. */
  wholeQuarter: { ms: 900_000, keepMs: 72 * hour },
  wholeHour: { ms: hour, keepMs: 'retention' },
} as const;

export type RollupSize = keyof typeof fixedSizes | 'day';

/** Where the same sums are found without a breakdown. */
export function wholeOf(size: RollupSize): RollupSize {
  if (size === 'quarter') return 'wholeQuarter';
  return size === 'hour' ? 'wholeHour' : size;
}

/** What roll-ups are broken down by. Empty strings where a request never reached an endpoint. */
export interface Dimensions {
  clientModel: string;
  upstreamModel: string;
  endpoint: string;
  account: string;
  clientKey: string;
}

const sumColumns = [
  'requests',
  'errors',
  'cancelled',
  'input',
  'output',
  'cached',
  'reasoning',
  'estimated',
  'cost',
  'unpriced',
  'first_token_sum',
  'first_token_count',
  'busy_ms',
] as const;

export const rollupColumns: readonly string[] = [
  'size',
  'start',
  'client_model',
  'upstream_model',
  'endpoint',
  'account',
  'client_key',
  ...sumColumns,
];

/** SQL that selects the sums of a group of roll-up rows under the names of `Sums`. */
export const selectedSums = sumColumns
  .map(
    (column) =>
      `total(${column}) AS ${column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  )
  .join(', ');

interface Group extends Dimensions {
  start: number;
  sums: Sums;
}

/** Gathers the requests of one batch, so that a batch costs a few upserts and not a few per request. */
export interface RollupGathering {
  add(record: RequestRecord, dimensions: Dimensions): void;
  write(): void;
}

/** A request is spread over the minutes it took, but no further than this. */
const longestBusyMs = 24 * hour;

const noDimensions: Dimensions = {
  clientModel: '',
  upstreamModel: '',
  endpoint: '',
  account: '',
  clientKey: '',
};

function gather(groups: Map<string, Group>, start: number, dimensions: Dimensions): Sums {
  const { clientModel, upstreamModel, endpoint, account, clientKey } = dimensions;
  const key = `${start}\0${clientModel}\0${upstreamModel}\0${endpoint}\0${account}\0${clientKey}`;
  let group = groups.get(key);
  if (!group) {
    group = { start, clientModel, upstreamModel, endpoint, account, clientKey, sums: emptySums() };
    groups.set(key, group);
  }
  return group.sums;
}

/** Returns the function that starts a gathering for each batch. */
export function createRollupWriter(db: Database): (days: DayWindows) => RollupGathering {
  const upsert = db.prepare<(string | number)[]>(`
    INSERT INTO rollups (${rollupColumns.join(', ')}) VALUES (${rollupColumns.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${sumColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}
  `);

  function writeGroups(size: RollupSize, groups: Map<string, Group>): void {
    for (const { start, clientModel, upstreamModel, endpoint, account, clientKey, sums } of groups.values()) {
      upsert.run(
        size,
        start,
        clientModel,
        upstreamModel,
        endpoint,
        account,
        clientKey,
        sums.requests,
        sums.errors,
        sums.cancelled,
        sums.input,
        sums.output,
        sums.cached,
        sums.reasoning,
        sums.estimated,
        sums.cost,
        sums.unpriced,
        sums.firstTokenSum,
        sums.firstTokenCount,
        sums.busyMs,
      );
    }
  }

  return (days) => {
    const minutes = new Map<string, Group>();
    const startOfMinute = (time: number) => Math.floor(time / fixedSizes.minute.ms) * fixedSizes.minute.ms;

    function addBusyTime({ time, totalMs }: RequestRecord, dimensions: Dimensions): void {
      const end = time + Math.min(totalMs, longestBusyMs);
      for (let from = time; from < end; ) {
        const start = startOfMinute(from);
        const to = Math.min(start + fixedSizes.minute.ms, end);
        gather(minutes, start, dimensions).busyMs += to - from;
        from = to;
      }
    }

    return {
      add(record, dimensions) {
        addRequest(gather(minutes, startOfMinute(record.time), dimensions), record);
        addBusyTime(record, dimensions);
      },
      write() {
        writeGroups('minute', minutes);
        const startOf = (ms: number) => (time: number) => Math.floor(time / ms) * ms;
        const startOfQuarter = startOf(fixedSizes.quarter.ms);
        const startOfHour = startOf(fixedSizes.hour.ms);
        const coarser: [RollupSize, (time: number) => number, Dimensions?][] = [
          ['quarter', startOfQuarter],
          ['wholeQuarter', startOfQuarter, noDimensions],
          ['hour', startOfHour],
          ['wholeHour', startOfHour, noDimensions],
          ['day', (time) => days.of(time).startsAt],
        ];
        for (const [size, startsAt, dimensions] of coarser) {
          const groups = new Map<string, Group>();
          for (const minute of minutes.values())
            addSums(gather(groups, startsAt(minute.start), dimensions ?? minute), minute.sums);
          writeGroups(size, groups);
        }
      },
    };
  };
}
