import type { UsageTokens } from '../contract/schemas/record.ts';
import type { ModelFacts } from '../registry/modelFacts.ts';

type Prices = Pick<ModelFacts, 'inputUsdPerMTok' | 'outputUsdPerMTok' | 'cachedInputUsdPerMTok'>;

const perMillion = 1_000_000;

/** The prices for an input of this length: some models cost more beyond a threshold, for all of the request. */
function pricesFor(input: number, facts: ModelFacts): Prices {
  const { longContext } = facts;
  return longContext && input > longContext.aboveInputTokens ? longContext : facts;
}

/**
 * US dollars for these tokens; null where a price that counts is not known. Cached input costs its own price, or that of other
 * input where none is known. Nothing used costs nothing, also of an unknown model.
 */
export function priceOf(tokens: UsageTokens, facts: ModelFacts): number | null {
  const { inputUsdPerMTok, outputUsdPerMTok, cachedInputUsdPerMTok } = pricesFor(tokens.input, facts);
  const cached = Math.min(tokens.cached, tokens.input);
  const parts: [number, number | null][] = [
    [tokens.input - cached, inputUsdPerMTok],
    [cached, cachedInputUsdPerMTok ?? inputUsdPerMTok],
    [tokens.output, outputUsdPerMTok],
  ];
  let cost = 0;
  for (const [count, price] of parts) {
    if (count === 0) continue;
    if (price === null) return null;
    cost += (count * price) / perMillion;
  }
  return cost;
}
