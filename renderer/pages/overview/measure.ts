import { useTranslation } from 'react-i18next';
import type { UsageTotals } from '../../../main/contract/schemas/usage.ts';
import { useFormat } from '../../format/useFormat.ts';

/** What usage is weighed by. */
export const measures = ['requests', 'tokens', 'cost'] as const;
export type Measure = (typeof measures)[number];

type Measured = Pick<UsageTotals, 'requests' | 'inputTokens' | 'outputTokens' | 'costUsd'>;

/** Nothing in it has a known price: its cost is not nothing, it is not known. */
export function isUnpriced({ requests, costUsd, unpriced }: UsageTotals): boolean {
  return costUsd === 0 && unpriced > 0 && unpriced <= requests;
}

export function measureOf(sums: Measured, measure: Measure): number {
  if (measure === 'requests') return sums.requests;
  return measure === 'tokens' ? sums.inputTokens + sums.outputTokens : sums.costUsd;
}

export interface MeasureWords {
  /** "1,204 requests", "3.1 M tokens", "$4.12". */
  short(measure: Measure, value: number): string;
  /** The same with all digits. */
  exact(measure: Measure, value: number): string;
}

export function useMeasureWords(): MeasureWords {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    short(measure, value) {
      if (measure === 'cost') return format.usd(value);
      if (measure === 'tokens') return t('breakdown.tokens', { count: value, amount: format.short(value) });
      return t('breakdown.requests', { count: value, amount: format.count(value) });
    },
    exact(measure, value) {
      if (measure === 'cost') return format.usdExact(value);
      const key = measure === 'tokens' ? 'breakdown.tokens' : 'breakdown.requests';
      return t(key, { count: value, amount: format.exact(value) });
    },
  };
}
