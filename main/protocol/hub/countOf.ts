import type { Fields } from './reader.ts';

/** The first of the fields that holds a count; some servers send numbers as text, or null. */
export function countOf(fields: Fields, ...names: string[]): number | null {
  for (const name of names) {
    const value = fields[name];
    const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof count === 'number' && Number.isFinite(count) && count >= 0) return Math.round(count);
  }
  return null;
}
