import { describe, expect, test } from 'vitest';
import type { UsageTokens } from '../../../main/contract/schemas/record.ts';
import { priceOf } from '../../../main/metering/priceOf.ts';
import type { ModelFacts } from '../../../main/registry/modelFacts.ts';

const used = (input: number, output: number, cached = 0): UsageTokens => ({
  input,
  output,
  cached,
  reasoning: 0,
  source: 'reported',
});
const facts = (change: Partial<ModelFacts> = {}): ModelFacts => ({
  inputUsdPerMTok: 2,
  outputUsdPerMTok: 8,
  cachedInputUsdPerMTok: 0.5,
  contextTokens: null,
  ...change,
});

describe('a price', () => {
  test('is that of input, cached input and output', () => {
    expect(priceOf(used(1_000_000, 500_000), facts())).toBeCloseTo(6, 12);
    expect(priceOf(used(1_000_000, 0, 400_000), facts())).toBeCloseTo(1.4, 12);
    expect(priceOf(used(1_000_000, 0, 400_000), facts({ cachedInputUsdPerMTok: null }))).toBeCloseTo(2, 12);
    expect(priceOf(used(1_000_000, 0, 400_000), facts({ cachedInputUsdPerMTok: 0 }))).toBeCloseTo(1.2, 12);
    // More cached than there was: not more than all of it.
    expect(priceOf(used(100, 0, 1_000_000), facts())).toBeCloseTo(0.00005, 12);
  });

  test('is unknown where a part of it is, unless nothing of that part was used', () => {
    expect(priceOf(used(10, 10), facts({ outputUsdPerMTok: null }))).toBeNull();
    expect(priceOf(used(10, 10), facts({ inputUsdPerMTok: null, cachedInputUsdPerMTok: null }))).toBeNull();
    expect(priceOf(used(1_000_000, 0), facts({ outputUsdPerMTok: null }))).toBeCloseTo(2, 12);
    expect(priceOf(used(0, 0), facts({ inputUsdPerMTok: null, outputUsdPerMTok: null }))).toBe(0);
    expect(priceOf(used(5, 5), facts({ inputUsdPerMTok: 0, outputUsdPerMTok: 0 }))).toBe(0);
  });

  test('is another beyond the length from which a model costs more, for all of the request', () => {
    const longContext = {
      aboveInputTokens: 200_000,
      inputUsdPerMTok: 4,
      outputUsdPerMTok: 12,
      cachedInputUsdPerMTok: 1,
    };
    expect(priceOf(used(200_000, 1_000_000), facts({ longContext }))).toBeCloseTo(8.4, 12);
    expect(priceOf(used(200_001, 1_000_000), facts({ longContext }))).toBeCloseTo(12.800_004, 9);
  });
});
