// A record as a row of the table `records`, and back. It never decides which rows are read.
import type { Attempt, RequestRecord, RouteOrder, Skip } from '../../contract/schemas/record.ts';

export const recordColumns = [
  'seq',
  'time',
  'status',
  'client_model',
  'upstream_model',
  'endpoint',
  'account',
  'client_key',
  'error_code',
  'error_message',
  'id',
  'operation',
  'stream',
  'http_status',
  'first_token_ms',
  'total_ms',
  'input',
  'output',
  'cached',
  'reasoning',
  'token_source',
  'cost',
  'user_agent',
  'attempts',
  'skipped',
  'route_order',
] as const;

export type RecordRow = Record<(typeof recordColumns)[number], string | number | null>;

/** Room for records of one millisecond in `seq`. */
export const seqPerMs = 1000;

/** The first `seq` of a time in Unix milliseconds. */
export function seqOf(time: number): number {
  return Math.min(Math.max(Math.floor(time), 0), 9_000_000_000_000) * seqPerMs;
}

/** Names come from clients: what is stored of them, also as a key of roll-ups, is bounded. */
export const longestName = 300;
const longestError = 2000;

function cut<T extends string | null>(text: T, longest: number): T | string {
  return text !== null && text.length > longest ? text.slice(0, longest) : text;
}

/** Values in the order of `recordColumns`. Throws on a number that is none: such a row would not be stored. */
export function rowOf(record: RequestRecord, seq: number): (string | number | null)[] {
  const { tokens } = record;
  return [
    seq,
    record.time,
    record.status,
    cut(record.clientModel, longestName),
    cut(record.upstreamModel, longestName),
    record.endpointId,
    record.accountId,
    record.clientKeyId,
    record.errorCode,
    cut(record.errorMessage, longestError),
    record.id,
    record.operation,
    record.stream ? 1 : 0,
    record.httpStatus,
    record.firstTokenMs,
    record.totalMs,
    tokens.input,
    tokens.output,
    tokens.cached,
    tokens.reasoning,
    tokens.source,
    record.costUsd,
    cut(record.userAgent, longestName),
    pack(record.attempts, packAttempt),
    pack(record.skipped, packSkip),
    record.order && JSON.stringify(packOrder(record.order)),
  ];
}

/** As lists, not objects: names of fields would take more room than what they name, a million times. */
function packAttempt(attempt: Attempt): unknown[] {
  const { endpointId, accountId, upstreamModel, startMs, durationMs, status, outcome, reason, repairs } =
    attempt;
  return [endpointId, accountId, upstreamModel, startMs, durationMs, status, outcome, reason, repairs];
}

function unpackAttempt(packed: unknown[]): Attempt {
  const [endpointId, accountId, upstreamModel, startMs, durationMs, status, outcome, reason, repairs] =
    packed;
  return {
    endpointId,
    accountId,
    upstreamModel,
    startMs,
    durationMs,
    status,
    outcome,
    reason,
    repairs,
  } as Attempt;
}

function packSkip({ endpointId, accountId, reason, until, code, facts, after }: Skip): unknown[] {
  return [endpointId, accountId, reason, until, code, facts, ...(after ? [after] : [])];
}

/** Older rows hold neither code nor facts. */
function unpackSkip([endpointId, accountId, reason, until, code = null, facts = {}, after]: unknown[]): Skip {
  const skip = { endpointId, accountId, code, facts, reason, until };
  return (after === undefined ? skip : { ...skip, after }) as Skip;
}

function packOrder({ strategy, sticky, peers, behind }: RouteOrder): unknown[] {
  return [strategy, sticky, peers, behind];
}

function unpackOrder([strategy, sticky, peers, behind]: unknown[]): RouteOrder {
  return { strategy, sticky, peers, behind } as RouteOrder;
}

function pack<T>(list: readonly T[], packOne: (item: T) => unknown[]): string {
  return list.length === 0 ? '[]' : JSON.stringify(list.map(packOne));
}

function unpack<T>(json: string, unpackOne: (packed: unknown[]) => T): T[] {
  try {
    return (JSON.parse(json) as unknown[][]).map(unpackOne);
  } catch {
    return [];
  }
}

/** The row was written by `rowOf`; only its JSON is read with care, for a damaged file must not break a page. */
export function recordOf(row: RecordRow): RequestRecord {
  const text = (value: string | number | null) => (value === null ? null : String(value));
  const number = (value: string | number | null) => (value === null ? null : Number(value));
  return {
    id: String(row.id),
    time: Number(row.time),
    clientKeyId: String(row.client_key),
    userAgent: String(row.user_agent),
    operation: String(row.operation),
    stream: row.stream === 1,
    clientModel: String(row.client_model),
    endpointId: text(row.endpoint),
    accountId: text(row.account),
    upstreamModel: text(row.upstream_model),
    status: row.status as RequestRecord['status'],
    httpStatus: Number(row.http_status),
    errorCode: text(row.error_code),
    errorMessage: text(row.error_message),
    firstTokenMs: number(row.first_token_ms),
    totalMs: Number(row.total_ms),
    tokens: {
      input: Number(row.input),
      output: Number(row.output),
      cached: Number(row.cached),
      reasoning: Number(row.reasoning),
      source: row.token_source as RequestRecord['tokens']['source'],
    },
    costUsd: number(row.cost),
    attempts: unpack(String(row.attempts), unpackAttempt),
    skipped: unpack(String(row.skipped), unpackSkip),
    order: row.route_order === null ? null : (unpack(`[${row.route_order}]`, unpackOrder)[0] ?? null),
  };
}
