// Gathers what the list is narrowed to, page by page, and writes it as a file. It asks nothing that a list would not.
import type { RecordPage, RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { Names } from '../../components/useNames.ts';

const pageRows = 500;
/** More than this is a matter for the database file, not for a window. */
export const mostExported = 10_000;

/** `fetchPage` answers as `records.list` does. Resolves with at most `mostExported`, newest first. */
export async function gatherRecords(
  fetchPage: (page: { cursor?: string; limit: number }) => Promise<RecordPage>,
  onProgress: (count: number) => void,
): Promise<RequestRecord[]> {
  const records: RequestRecord[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(pageRows, mostExported - records.length);
    const page: RecordPage = await fetchPage({ ...(cursor ? { cursor } : {}), limit });
    records.push(...page.records);
    onProgress(records.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && records.length < mostExported);
  return records;
}

const columns: readonly (readonly [
  name: string,
  value: (record: RequestRecord, names: Names) => string | number | null,
])[] = [
  ['id', ({ id }) => id],
  ['time', ({ time }) => new Date(time).toISOString()],
  ['status', ({ status }) => status],
  ['http_status', ({ httpStatus }) => httpStatus],
  ['operation', ({ operation }) => operation],
  ['stream', ({ stream }) => (stream ? 1 : 0)],
  ['model', ({ clientModel }) => clientModel],
  ['upstream_model', ({ upstreamModel }) => upstreamModel],
  ['endpoint', ({ endpointId }) => endpointId],
  ['account', ({ accountId }) => accountId],
  ['client_key', ({ clientKeyId }) => clientKeyId],
  ['user_agent', ({ userAgent }) => userAgent],
  ['first_token_ms', ({ firstTokenMs }) => firstTokenMs],
  ['total_ms', ({ totalMs }) => totalMs],
  ['input_tokens', ({ tokens }) => tokens.input],
  ['cached_tokens', ({ tokens }) => tokens.cached],
  ['output_tokens', ({ tokens }) => tokens.output],
  ['reasoning_tokens', ({ tokens }) => tokens.reasoning],
  ['token_source', ({ tokens }) => tokens.source],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['attempts', ({ attempts }) => attempts.length],
  ['error_code', ({ errorCode }) => errorCode],
  ['error_message', ({ errorMessage }) => errorMessage],
  ['endpoint_name', ({ endpointId }, names) => endpointId && names.endpoint(endpointId)],
  ['account_name', ({ endpointId, accountId }, names) => accountId && names.account(endpointId, accountId)],
  ['client_key_name', ({ clientKeyId }, names) => clientKeyId && names.clientKey(clientKeyId)],
];

/** Names come from clients: none of them may become a formula in a spreadsheet. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180, with a mark at its beginning so that spreadsheets read it as UTF-8. `names` are those of the columns at the end. */
export function recordsAsCsv(records: readonly RequestRecord[], names: Names): string {
  const rows = [
    columns.map(([name]) => name),
    ...records.map((record) => columns.map(([, value]) => cell(value(record, names)))),
  ];
  return `\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;
}

export function recordsAsJson(records: readonly RequestRecord[]): string {
  return `${JSON.stringify(records, null, 1)}\n`;
}
