// Effort in words against a budget in tokens: dialects have the one or the other.
import type { Effort, ReasoningWish } from './turn.ts';

const budgets: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
};

/** Tokens to think with; null where the wish names neither effort nor budget, -1 where the model decides. */
export function budgetOf(wish: ReasoningWish): number | null {
  if (wish.budgetTokens !== null) return wish.budgetTokens;
  if (wish.effort !== null) return budgets[wish.effort];
  return wish.adaptive ? -1 : null;
}

/** The effort nearest to the wish; null where it names none, or leaves it to the model. */
export function effortOf(wish: ReasoningWish): Effort | null {
  if (wish.effort !== null) return wish.effort;
  const budget = wish.budgetTokens;
  if (budget === null || budget < 0) return null;
  if (budget === 0) return 'none';
  if (budget <= 1_536) return 'minimal';
  if (budget <= 4_096) return 'low';
  if (budget <= 12_288) return 'medium';
  if (budget <= 20_480) return 'high';
  return budget <= 28_672 ? 'xhigh' : 'max';
}
