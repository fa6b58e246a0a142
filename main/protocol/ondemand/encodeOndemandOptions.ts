// The hub's sampling, limits and reasoning -> `modelConfigs` and `reasoningEffort`. Ranges and names are those of the service's API pages.
import { sendsMaxTokens } from '../../contract/readOptions.ts';
import type { EncodeTarget } from '../dialect.ts';
import { effortOf } from '../hub/reasoningBudget.ts';
import type { Effort, ReasoningWish, Turn } from '../hub/turn.ts';

/** More stop sequences are refused. */
const maxStops = 4;

/** The service refuses all but these three. */
const reasoningEfforts: Readonly<Record<Effort, 'low' | 'medium' | 'max'>> = {
  none: 'low',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'max',
  xhigh: 'max',
  max: 'max',
};

export interface EncodedOptions {
  readonly options: Record<string, unknown>;
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

function encodeEffort(wish: ReasoningWish | null, repairs: string[]): string | null {
  const effort = wish && effortOf(wish);
  if (!effort) return null;
  if (effort === 'none') repairs.push('sent no thinking as the least there is');
  return reasoningEfforts[effort];
}

function encodeSampling({ sampling }: Turn, repairs: string[]): Record<string, number | null> {
  const within = (what: string, value: number | null, most: number): number | null => {
    if (value === null || (value >= 0 && value <= most)) return value;
    repairs.push(`put ${what} between 0 and ${most}`);
    return Math.min(most, Math.max(0, value));
  };
  return {
    temperature: within('temperature', sampling.temperature, 2),
    topP: within('top_p', sampling.topP, 1),
    presencePenalty: within('presence_penalty', sampling.presencePenalty, 2),
    frequencyPenalty: within('frequency_penalty', sampling.frequencyPenalty, 2),
  };
}

function droppedOf(turn: Turn, sendsMaxTokens: boolean): string[] {
  const { sampling } = turn;
  const unheld: [string, boolean][] = [
    ['max_tokens', turn.maxTokens !== null && !sendsMaxTokens],
    ['stop', turn.stop.length > maxStops],
    ['top_k', sampling.topK !== null],
    ['seed', sampling.seed !== null],
    ['logprobs', sampling.logprobs === true],
    ['top_logprobs', sampling.topLogprobs !== null],
    ['logit_bias', sampling.logitBias !== null],
    ['user', turn.user !== null],
    ['prompt_cache_key', turn.cacheKey !== null],
    ['verbosity', turn.verbosity !== null],
    ['service_tier', turn.serviceTier !== null && turn.serviceTier !== 'auto'],
  ];
  return unheld.filter(([, isGiven]) => isGiven).map(([name]) => name);
}

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/**
 * `sendMaxTokens` of the endpoint's options sends the limit, which is not documented and was seen to make answers empty;
 * else it is named among what was dropped.
 */
export function encodeOndemandOptions(turn: Turn, chosen: EncodeTarget['options']): EncodedOptions {
  const repairs: string[] = [];
  const sendsLimit = sendsMaxTokens(chosen ?? {});
  const modelConfigs = given({
    ...encodeSampling(turn, repairs),
    stopSequences: turn.stop.length > 0 ? turn.stop.slice(0, maxStops) : null,
    maxTokens: sendsLimit ? turn.maxTokens : null,
  });
  return {
    options: {
      ...(Object.keys(modelConfigs).length > 0 ? { modelConfigs } : {}),
      ...given({ reasoningEffort: encodeEffort(turn.reasoning, repairs) }),
    },
    dropped: droppedOf(turn, sendsLimit),
    repairs,
  };
}
