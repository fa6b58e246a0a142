// The client key form's values, and back into an operation's input. Pure.
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { type LimitFields, limitFieldsOf, limitsOf } from '../../components/limitFields.ts';

export interface KeyFormValues {
  name: string;
  /** Empty: every model. */
  models: string[];
  limits: LimitFields;
  budget: number | '';
  /** `YYYY-MM-DDTHH:mm` in local time, as the browser's own field writes it; empty: never. */
  expires: string;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** An ISO moment as a local date and time field holds it. */
export function localMoment(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

export function valuesOfKey(key: ClientKeyView | null): KeyFormValues {
  return {
    name: key?.name ?? '',
    models: key && !key.models.includes('*') ? key.models : [],
    limits: limitFieldsOf(key?.limits ?? {}),
    budget: key?.budgetUsdPerDay ?? '',
    expires: localMoment(key?.expiresAt ?? null),
  };
}

export function keyInputOf(values: KeyFormValues) {
  return {
    name: values.name.trim(),
    models: values.models.length > 0 ? values.models : ['*'],
    limits: limitsOf(values.limits),
    budgetUsdPerDay: values.budget === '' ? null : values.budget,
    expiresAt: values.expires ? new Date(values.expires).toISOString() : null,
  };
}
