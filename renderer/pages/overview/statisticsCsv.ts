import type {
  BreakdownRow,
  SeriesView,
  UsageSummary,
  UsageTotals,
} from '../../../main/contract/schemas/usage.ts';

const sums = [
  'requests',
  'errors',
  'cancelled',
  'inputTokens',
  'outputTokens',
  'cachedTokens',
  'reasoningTokens',
  'costUsd',
  'unpriced',
  'estimated',
  'firstTokenMs',
] as const satisfies readonly (keyof UsageTotals)[];

const columns = ['group', 'id', 'name', ...sums, 'inFlight'] as const;
type Row = Partial<Record<(typeof columns)[number], string | number | null>>;

/** Names come from clients: a spreadsheet must not take one for a formula. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const pickSums = (totals: UsageTotals): Row => Object.fromEntries(sums.map((name) => [name, totals[name]]));

function rowsOf(group: string, rows: readonly BreakdownRow[]): Row[] {
  return rows.map((row) => ({ group, id: row.key, name: row.name, ...pickSums(row) }));
}

/**
 * The statistics of a span as one table (RFC 4180, with the mark by which spreadsheets know UTF-8): its sum, the same by model,
 * endpoint, account and client key, and the buckets of its graph (`time`, with the moment they start as their name).
 */
export function statisticsCsv(summary: UsageSummary, series: SeriesView): string {
  const rows: Row[] = [
    { group: 'total', id: summary.span, ...pickSums(summary.totals) },
    ...rowsOf('model', summary.byModel),
    ...rowsOf('endpoint', summary.byEndpoint),
    ...rowsOf('account', summary.byAccount),
    ...rowsOf('clientKey', summary.byClientKey),
    ...series.points.map(({ time, ...point }) => ({
      group: 'time',
      id: String(time),
      name: new Date(time).toISOString(),
      ...point,
    })),
  ];
  const lines = [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => cell(row[column])).join(',')),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
