// The hub's sampling, limits, output and reasoning -> `generationConfig`.
import { CannotHoldError } from '../hub/hubErrors.ts';
import type { OutputFormat, Turn } from '../hub/turn.ts';
import { encodeThinking } from './encodeGeminiThinking.ts';
import type { GeminiModel } from './geminiModel.ts';

/** Source: ai.google.dev, GenerationConfig. */
const maxStops = 5;

function writeOutput(output: OutputFormat | null): Record<string, unknown> {
  if (!output) return {};
  const responseMimeType = 'application/json';
  if (output.type === 'json') return { responseMimeType };
  return { responseMimeType, responseJsonSchema: output.schema };
}

function writeSampling(turn: Turn, model: GeminiModel): Record<string, unknown> {
  const { temperature, topP, topK, presencePenalty, frequencyPenalty } = turn.sampling;
  const seed = takesSeed(turn.sampling.seed) ? turn.sampling.seed : null;
  const penalties = takesPenalties(model) ? { presencePenalty, frequencyPenalty } : {};
  const given = { temperature, topP, topK, seed, ...penalties, maxOutputTokens: turn.maxTokens };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** 32 bits and a sign: a larger seed is refused. */
const takesSeed = (seed: number | null): boolean =>
  seed === null || (seed === Math.trunc(seed) && Math.abs(seed) < 2 ** 31);

/** Models of 2.5 answer 400 to penalties, without naming the field. */
const takesPenalties = ({ generation }: GeminiModel): boolean => generation !== 2.5;

function droppedOf(turn: Turn, model: GeminiModel): string[] {
  const { sampling } = turn;
  const penalties = !takesPenalties(model);
  const given: [string, boolean][] = [
    ['presence_penalty', penalties && Boolean(sampling.presencePenalty)],
    ['frequency_penalty', penalties && Boolean(sampling.frequencyPenalty)],
    ['seed', !takesSeed(sampling.seed)],
    // The hub's answers have no place for them.
    ['logprobs', sampling.logprobs === true],
    ['top_logprobs', sampling.topLogprobs !== null],
    ['logit_bias', sampling.logitBias !== null],
    ['stop', turn.stop.length > maxStops],
    ['user', turn.user !== null],
    ['prompt_cache_key', turn.cacheKey !== null],
    ['verbosity', turn.verbosity !== null],
    ['parallel_tool_calls', turn.parallelToolCalls === false],
    [
      'detail',
      turn.messages.some(({ parts }) => parts.some((part) => part.type === 'media' && isWish(part.detail))),
    ],
    ['name', turn.messages.some((message) => message.name !== undefined)],
  ];
  return given.filter(([, isGiven]) => isGiven).map(([name]) => name);
}

const isWish = (detail: string | null): boolean => detail !== null && detail !== 'auto';

export interface EncodedConfig {
  readonly generationConfig: Record<string, unknown>;
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

/** Throws CannotHoldError where more than one answer is asked for. */
export function encodeConfig(turn: Turn, model: GeminiModel): EncodedConfig {
  if ((turn.sampling.candidates ?? 1) > 1)
    throw new CannotHoldError(
      'A Gemini endpoint gives one answer at a time here: leave "n" out and ask again for more.',
      'n',
    );
  const stop = turn.stop.slice(0, maxStops);
  const thinking = encodeThinking(turn.reasoning, model);
  return {
    generationConfig: {
      ...writeSampling(turn, model),
      ...(stop.length > 0 ? { stopSequences: stop } : {}),
      ...writeOutput(turn.output),
      ...(thinking.config ? { thinkingConfig: thinking.config } : {}),
    },
    dropped: [...droppedOf(turn, model), ...thinking.dropped],
    repairs: thinking.repairs,
  };
}
