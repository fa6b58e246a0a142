// What the list is narrowed to, as it stands in the address: `?model=gpt-4o&status=failed`.
import type { RecordQuery } from '../../api/recordFilter.ts';

export const statuses = ['ok', 'failed', 'cut', 'cancelled'] as const;
const texts = ['model', 'endpointId', 'accountId', 'clientKeyId', 'search'] as const;
const numbers = ['since', 'until', 'slowMs'] as const;
const longest = 100;

/** Whatever an address holds that is no filter is left out. */
export function queryOfSearch(search: string): RecordQuery {
  const params = new URLSearchParams(search);
  const query: RecordQuery = {};
  const status = statuses.find((one) => one === params.get('status'));
  if (status) query.status = status;
  for (const field of texts) {
    const text = params.get(field)?.trim().slice(0, longest);
    if (text) query[field] = text;
  }
  for (const field of numbers) {
    const value = Number(params.get(field) ?? Number.NaN);
    if (Number.isFinite(value) && value >= 0 && params.get(field)) query[field] = value;
  }
  return query;
}

/** `''` where nothing is narrowed, else with its question mark. */
export function searchOfQuery(query: RecordQuery): string {
  const params = new URLSearchParams();
  for (const field of ['status', ...texts, ...numbers] as const) {
    const value = query[field];
    if (value !== undefined && value !== '') params.set(field, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}
