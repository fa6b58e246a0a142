// The client key form's values, and back into an operation's input. Pure.

import { isExclusion, splitRules } from '../../../main/contract/modelRules.ts';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { changedFields } from '../../components/changedFields.ts';
import { type LimitFields, limitFieldsOf, limitsOf } from '../../components/limitFields.ts';
import { type ExpiryChoice, expiryMoment } from './keyExpiry.ts';

export interface KeyFormValues {
  name: string;
  /** Without names that let in: every model but what is left out. */
  models: string[];
  limits: LimitFields;
  budget: number | '';
  expiry: ExpiryChoice;
  /** For the choice `date`: `YYYY-MM-DDTHH:mm` in local time, as the browser's own field writes it. */
  expires: string;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** An ISO moment as a local date and time field holds it. */
function localMoment(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** What a list says beyond "every model". */
export function ownRules(models: readonly string[]): string[] {
  return models.includes('*') ? models.filter(isExclusion) : [...models];
}

export function valuesOfKey(key: ClientKeyView | null): KeyFormValues {
  return {
    name: key?.name ?? '',
    models: key ? ownRules(key.models) : [],
    limits: limitFieldsOf(key?.limits ?? {}),
    budget: key?.budgetUsdPerDay ?? '',
    expiry: key?.expiresAt ? 'date' : 'never',
    expires: localMoment(key?.expiresAt ?? null),
  };
}

/** What the form changed of the key it began with. */
export function keyPatchOf(key: ClientKeyView, values: KeyFormValues, now: number) {
  return changedFields(keyInputOf(valuesOfKey(key), now), keyInputOf(values, now));
}

/** `now` (Unix ms) is what a choice such as "30 days" counts from. */
export function keyInputOf(values: KeyFormValues, now: number) {
  return {
    name: values.name.trim(),
    models: splitRules(values.models).named.length > 0 ? values.models : ['*', ...values.models],
    limits: limitsOf(values.limits),
    budgetUsdPerDay: values.budget === '' ? null : values.budget,
    expiresAt: expiryMoment(values.expiry, values.expires, now),
  };
}
