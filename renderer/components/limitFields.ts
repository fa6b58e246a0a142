import type { Limits } from '../../main/contract/schemas/limits.ts';
import { type LimitKind, limitKinds } from './endpointStanding.ts';

/** Limits as they stand in a form: an empty field is no limit. */
export type LimitFields = Record<LimitKind, number | ''>;

export function limitFieldsOf(limits: Partial<Record<LimitKind, number | undefined>>): LimitFields {
  const fields = {} as LimitFields;
  for (const kind of limitKinds) {
    const value = limits[kind];
    fields[kind] = value === undefined || value < 0 ? '' : value;
  }
  return fields;
}

export function limitsOf(fields: LimitFields): Pick<Limits, LimitKind> {
  const limits = {} as Pick<Limits, LimitKind>;
  for (const kind of limitKinds) {
    const value = fields[kind];
    limits[kind] = typeof value === 'number' ? value : -1;
  }
  return limits;
}
