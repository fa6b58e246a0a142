// What a model costs and how much it can read, by its upstream name. From a data package that is bundled: nothing is ever fetched.
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { type Clock, systemClock } from '../base/clock.ts';
import type { ModelOverride } from '../contract/schemas/settings.ts';

/** What is known of a model by its upstream name, from the data package and the user's overrides. USD per million tokens. */
export interface ModelFacts {
  inputUsdPerMTok: number | null;
  outputUsdPerMTok: number | null;
  cachedInputUsdPerMTok: number | null;
  contextTokens: number | null;
  /** Other prices for the whole of a request whose input is longer than this. */
  longContext?: LongContextPrices | null;
}

export interface LongContextPrices {
  aboveInputTokens: number;
  inputUsdPerMTok: number | null;
  outputUsdPerMTok: number | null;
  cachedInputUsdPerMTok: number | null;
}

export type ModelOverrides = Readonly<Record<string, ModelOverride>>;

type Found = NonNullable<ReturnType<typeof calcPrice>>;
type Price = Found['model_price'][string];

/** Serves nearly everything under `vendor/name`: the answer where the maker's own list has none. */
const reseller = 'openrouter';
/** Who else is asked for a name that nobody claims by its look; the makers first. */
const sellers = [
  'openai',
  'mistral',
  'cohere',
  'perplexity',
  'groq',
  'together',
  'fireworks',
  'cerebras',
  'novita',
  'aws',
];

/** Names come from settings and upstream lists; their number has no bound of its own. */
const rememberedNames = 5000;
/** Some prices depend on the date or the time of day. */
const rememberedMs = 15 * 60_000;

const unknown: ModelFacts = Object.freeze({
  inputUsdPerMTok: null,
  outputUsdPerMTok: null,
  cachedInputUsdPerMTok: null,
  contextTokens: null,
  longContext: null,
});

function basePrice(price: Price): number | null {
  if (price === undefined) return null;
  return typeof price === 'number' ? price : price.base;
}

function longPrice(price: Price): number | null {
  if (price === undefined) return null;
  return typeof price === 'number' ? price : (price.tiers[0]?.price ?? price.base);
}

function factsOf({ model, model_price: prices }: Found): ModelFacts {
  const { input_mtok: input, output_mtok: output, cache_read_mtok: cached } = prices;
  const thresholds = [input, output].flatMap((price) =>
    typeof price === 'object' ? price.tiers.map(({ start }) => start) : [],
  );
  return {
    inputUsdPerMTok: basePrice(input),
    outputUsdPerMTok: basePrice(output),
    cachedInputUsdPerMTok: basePrice(cached),
    contextTokens: model.context_window ?? null,
    longContext:
      thresholds.length === 0
        ? null
        : {
            aboveInputTokens: Math.min(...thresholds),
            inputUsdPerMTok: longPrice(input),
            outputUsdPerMTok: longPrice(output),
            cachedInputUsdPerMTok: longPrice(cached),
          },
  };
}

/** What one list leaves out another may say: the context always, the price of cached input where other input costs the same. */
function completed(facts: ModelFacts, other: Found | null): ModelFacts {
  if (!other) return facts;
  const { inputUsdPerMTok, cachedInputUsdPerMTok, contextTokens } = factsOf(other);
  const cached = inputUsdPerMTok === facts.inputUsdPerMTok ? cachedInputUsdPerMTok : null;
  return {
    ...facts,
    cachedInputUsdPerMTok: facts.cachedInputUsdPerMTok ?? cached,
    contextTokens: facts.contextTokens ?? contextTokens,
  };
}

/** Whoever states a price means it for inputs of any length. */
function overridden(facts: ModelFacts, override: ModelOverride): ModelFacts {
  const { inputUsdPerMTok, outputUsdPerMTok, cachedInputUsdPerMTok, contextTokens } = override;
  const statesPrice = (inputUsdPerMTok ?? outputUsdPerMTok ?? cachedInputUsdPerMTok) !== undefined;
  return {
    inputUsdPerMTok: inputUsdPerMTok ?? facts.inputUsdPerMTok,
    outputUsdPerMTok: outputUsdPerMTok ?? facts.outputUsdPerMTok,
    cachedInputUsdPerMTok:
      cachedInputUsdPerMTok ?? (inputUsdPerMTok === undefined ? facts.cachedInputUsdPerMTok : null),
    contextTokens: contextTokens ?? facts.contextTokens,
    longContext: statesPrice ? null : (facts.longContext ?? null),
  };
}

/** Returns the look-up, which remembers its answers. Unknown models have nothing but nulls; the user's word comes before the data. */
export function createModelFacts(
  clock: Clock = systemClock,
): (upstreamModel: string, overrides?: ModelOverrides) => ModelFacts {
  const remembered = new Map<string, ModelFacts>();
  let rememberedSince = 0;
  /** `gpt-4o` -> `openai/gpt-4o`, as the reseller has it. */
  const resold = new Map<string, string>();
  for (const { id } of findProvider({ providerId: reseller })?.models ?? []) {
    const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
    if (id.includes('/') && !id.startsWith('~') && !resold.has(name)) resold.set(name, id);
  }

  function priceOf(name: string, providerId?: string): Found | null {
    const timestamp = new Date(clock.now());
    return calcPrice({ input_tokens: 0, output_tokens: 0 }, name, {
      timestamp,
      ...(providerId ? { providerId } : {}),
    });
  }

  function priceAt(sellersToAsk: readonly string[], name: string): Found | null {
    for (const seller of sellersToAsk) {
      const found = priceOf(name, seller);
      if (found) return found;
    }
    return null;
  }

  function find(upstreamModel: string): ModelFacts {
    const full = upstreamModel.trim().toLowerCase();
    // `models/gemini-2.5-pro`, `publishers/google/models/…`, `openai/gpt-4o`
    const name = full.slice(full.lastIndexOf('/') + 1);
    if (name === '') return unknown;
    const ofMaker = priceOf(name);
    const resoldAs = resold.get(name);
    const ofReseller = resoldAs === undefined ? null : priceOf(resoldAs, reseller);
    const found =
      (full.includes('/') ? (priceOf(full, reseller) ?? priceOf(full)) : null) ??
      ofMaker ??
      ofReseller ??
      priceAt(sellers, full) ??
      priceAt(sellers, name);
    if (!found) return unknown;
    return Object.freeze(completed(completed(factsOf(found), ofMaker), ofReseller));
  }

  function look(upstreamModel: string): ModelFacts {
    const now = clock.now();
    if (Math.abs(now - rememberedSince) > rememberedMs || remembered.size >= rememberedNames) {
      remembered.clear();
      rememberedSince = now;
    }
    let facts = remembered.get(upstreamModel);
    if (!facts) {
      facts = find(upstreamModel);
      remembered.set(upstreamModel, facts);
    }
    return facts;
  }

  return (upstreamModel, overrides) => {
    const override =
      overrides && Object.hasOwn(overrides, upstreamModel) ? overrides[upstreamModel] : undefined;
    const facts = look(upstreamModel);
    return override ? overridden(facts, override) : facts;
  };
}
