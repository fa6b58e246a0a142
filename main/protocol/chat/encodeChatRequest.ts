// The hub's turn -> a request that most OpenAI-compatible servers take.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import { askInWords, isObjectSchema } from '../hub/outputInWords.ts';
import { pairedCalls } from '../hub/pairedCalls.ts';
import { effortOf } from '../hub/reasoningBudget.ts';
import { shortName } from '../hub/shortName.ts';
import type { OutputFormat, Turn } from '../hub/turn.ts';
import type { ChatMessage } from './chatWire.ts';
import { encodeChatMessages } from './encodeChatMessages.ts';
import { encodeChatTools } from './encodeChatTools.ts';
import { isOpenAiModel, isOpenAiReasoner } from './openaiModels.ts';

/** OpenAI's; other makers' words for their tiers mean something else. `auto` is what it does unasked. */
const serviceTiers: ReadonlySet<string> = new Set(['default', 'flex', 'scale', 'priority', 'fast']);

/** OpenAI takes no more stop sequences. */
const mostStops = 4;

/** OpenAI's limit for `user`. */
const userLength = 64;

function encodeOutput(output: OutputFormat): Record<string, unknown> {
  if (output.type === 'json') return { type: 'json_object' };
  const { description, schema, strict } = output;
  const name = (output.name ?? '').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer';
  return {
    type: 'json_schema',
    json_schema: {
      name,
      ...(description === null ? {} : { description }),
      schema,
      ...(strict === null ? {} : { strict }),
    },
  };
}

/** OpenAI refuses `json_object` unless the word stands in the messages; other dialects have no such rule. */
function sayJson(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const says = messages.some(({ content }) => {
    const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : (content ?? []);
    return parts.some((part) => part.type === 'text' && /json/i.test(part.text));
  });
  return says ? messages : [{ role: 'system', content: 'Answer with a JSON object.' }, ...messages];
}

/** Options with a number or a name, and which of those asked for are left out. */
function encodeOptions(turn: Turn, model: string): { options: Record<string, unknown>; dropped: string[] } {
  const { sampling, reasoning } = turn;
  const dropped: string[] = [];
  const drop = (name: string): null => {
    dropped.push(name);
    return null;
  };
  const openai = isOpenAiModel(model);
  const reasoner = isOpenAiReasoner(model);
  /** Reasoning models take only the default. */
  const chosen = (name: string, value: number | null, usual: number): number | null =>
    reasoner && value !== null ? (value === usual ? null : drop(name)) : value;

  const effort = reasoning && effortOf(reasoning);
  const { serviceTier, verbosity } = turn;
  const heldStops = reasoner ? 0 : openai ? mostStops : turn.stop.length;
  if (turn.stop.length > heldStops) drop('stop');
  const options = {
    temperature: chosen('temperature', sampling.temperature, 1),
    top_p: chosen('top_p', sampling.topP, 1),
    presence_penalty: chosen('presence_penalty', sampling.presencePenalty, 0),
    frequency_penalty: chosen('frequency_penalty', sampling.frequencyPenalty, 0),
    stop: heldStops > 0 && turn.stop.length > 0 ? turn.stop.slice(0, heldStops) : null,
    seed: sampling.seed,
    logit_bias: sampling.logitBias && (reasoner ? drop('logit_bias') : sampling.logitBias),
    // OpenAI's other models refuse it.
    reasoning_effort: effort && openai && !reasoner ? drop('reasoning_effort') : effort,
    verbosity: verbosity !== null && !openai ? drop('verbosity') : verbosity,
    service_tier: serviceTier !== null && serviceTiers.has(serviceTier) ? serviceTier : null,
    user: turn.user === null ? null : shortName(turn.user, userLength),
    // A hint to the cache, which strict servers refuse and others do without.
    prompt_cache_key: openai || /kimi|moonshot/i.test(model) ? turn.cacheKey : null,
  };
  if (sampling.topK !== null) drop('top_k');
  // The hub has no place for what they would bring.
  if (sampling.logprobs) drop('logprobs');
  if (sampling.topLogprobs) drop('top_logprobs');
  if (serviceTier !== null && serviceTier !== 'auto' && options.service_tier === null) drop('service_tier');
  return { options, dropped };
}

/** What can't be said in `response_format` is asked for in words. */
function sayable(turn: Turn, strict: boolean): { turn: Turn; repairs: string[] } {
  const { output } = turn;
  if (!strict || output?.type !== 'schema' || isObjectSchema(output.schema)) return { turn, repairs: [] };
  const { turn: asked, repair } = askInWords(turn, output);
  return { turn: asked, repairs: [repair] };
}

/** MiniMax's models go on from their thoughts, and look for them where they wrote them. */
const thinksInText = (model: string): boolean => /minimax/i.test(model);

const isGiven = ([, value]: [string, unknown]): boolean => value !== null && value !== undefined;

/** Custom tools must have been made functions before. Throws CannotHoldError. */
export function encodeChatRequest(given: Turn, { model }: EncodeTarget): EncodedRequest {
  if ((given.sampling.candidates ?? 1) > 1)
    throw new CannotHoldError(
      'An answer that has to be translated comes one at a time: ask several times instead.',
      'n',
    );
  const strict = isOpenAiModel(model);
  const { turn: paired, repairs: answered } = pairedCalls(given);
  const { turn, repairs: said } = sayable(paired, strict);
  const { tools, choice, dropped: lostTools, repairs: mended } = encodeChatTools(turn, model);
  const { options, dropped } = encodeOptions(turn, model);
  const written = encodeChatMessages(turn, { strict, thinksInText: thinksInText(model) });
  const messages = turn.output?.type === 'json' ? sayJson(written) : written;
  const repairs = [...mended, ...said, ...answered];
  if (messages !== written) repairs.push('asked for JSON in words');

  const body = Object.fromEntries(
    Object.entries({
      model,
      messages,
      stream: turn.stream ? true : null,
      stream_options: turn.stream ? { include_usage: true } : null,
      [isOpenAiReasoner(model) ? 'max_completion_tokens' : 'max_tokens']: turn.maxTokens,
      ...options,
      tools: tools.length > 0 ? tools : null,
      tool_choice: choice,
      // Refused without tools, and what servers do unasked.
      parallel_tool_calls: tools.length > 0 && turn.parallelToolCalls === false ? false : null,
      response_format: turn.output && encodeOutput(turn.output),
    }).filter(isGiven),
  );
  return { body, dropped: inClientNames(turn, [...lostTools, ...dropped]), repairs };
}
