import type { RecordFilter, RecordPage, RequestRecord } from '../../main/contract/schemas/record.ts';

/** What a list of requests is narrowed to; an absent field does not narrow. */
export type RecordQuery = Omit<RecordFilter, 'cursor' | 'limit'>;

/** Whether a record told by an event belongs into a list: the same decision the store makes for stored ones. */
export function recordMatches(record: RequestRecord, query: RecordQuery): boolean {
  if (query.status && record.status !== query.status) return false;
  if (query.endpointId && record.endpointId !== query.endpointId) return false;
  if (query.accountId && record.accountId !== query.accountId) return false;
  if (query.clientKeyId && record.clientKeyId !== query.clientKeyId) return false;
  if (query.model && record.clientModel !== query.model) return false;
  if (query.since !== undefined && record.time < query.since) return false;
  if (query.until !== undefined && record.time > query.until) return false;
  if (query.slowMs && (record.firstTokenMs ?? record.totalMs) < query.slowMs) return false;
  if (query.search) {
    const wanted = query.search.toLowerCase();
    const texts = [record.clientModel, record.upstreamModel, record.errorCode, record.errorMessage];
    if (!record.id.startsWith(query.search) && !texts.some((text) => text?.toLowerCase().includes(wanted)))
      return false;
  }
  return true;
}

/** Puts new records on top of the first page, newest first, without doubles. Returns the same page where nothing is new. */
export function prependRecords(page: RecordPage, records: readonly RequestRecord[]): RecordPage {
  const known = new Set(page.records.map((record) => record.id));
  const fresh = records.filter((record) => !known.has(record.id));
  if (fresh.length === 0) return page;
  const sorted = [...fresh, ...page.records].sort((a, b) => b.time - a.time);
  return { ...page, records: sorted };
}
