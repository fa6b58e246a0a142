import type { TFunction } from 'i18next';
import type { UsageTotals } from '../../main/contract/schemas/usage.ts';
import type { Format } from '../format/createFormat.ts';

/** The cost to the cent's fraction, and how many requests are not in it because their price is unknown. */
export function exactCost(totals: UsageTotals, format: Format, t: TFunction): string {
  const amount = format.usdExact(totals.costUsd);
  return totals.unpriced > 0 ? t('figure.costUnpriced', { amount, count: totals.unpriced }) : amount;
}
