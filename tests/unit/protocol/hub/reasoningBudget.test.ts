import { describe, expect, it } from 'vitest';
import { budgetOf, effortOf } from '../../../../main/protocol/hub/reasoningBudget.ts';
import { efforts, type ReasoningWish } from '../../../../main/protocol/hub/turn.ts';

const wish = (given: Partial<ReasoningWish>): ReasoningWish => ({
  effort: null,
  budgetTokens: null,
  adaptive: false,
  visible: null,
  ...given,
});

describe('effort and budget', () => {
  it.each(efforts)('%s is the effort of its own budget', (effort) => {
    const budgetTokens = budgetOf(wish({ effort }));
    expect(effortOf(wish({ budgetTokens }))).toBe(effort);
  });

  it('grow together', () => {
    const budgets = efforts.map((effort) => budgetOf(wish({ effort })) ?? Number.NaN);
    expect(budgets).toEqual([...budgets].sort((a, b) => a - b));
    const found = Array.from({ length: 400 }, (_, at) => effortOf(wish({ budgetTokens: at * 100 })));
    const ranks = found.map((effort) => (effort ? efforts.indexOf(effort) : -1));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(efforts.length);
  });

  it('take what was said over what follows from it', () => {
    const both = wish({ effort: 'low', budgetTokens: 20_000 });
    expect(effortOf(both)).toBe('low');
    expect(budgetOf(both)).toBe(20_000);
  });

  it('leave it to the model where nothing else was said', () => {
    expect(budgetOf(wish({ adaptive: true }))).toBe(-1);
    expect(effortOf(wish({ adaptive: true }))).toBeNull();
    expect(effortOf(wish({ budgetTokens: -1 }))).toBeNull();
    expect(budgetOf(wish({}))).toBeNull();
  });
});
