// The hub -> a request that OpenAI's or Azure's responses API takes. Nothing is stored there: the whole history goes along.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import { askInWords, isObjectSchema, outputInWords } from '../hub/outputInWords.ts';
import { pairedCalls } from '../hub/pairedCalls.ts';
import { effortOf } from '../hub/reasoningBudget.ts';
import { shortName } from '../hub/shortName.ts';
import type { OutputFormat, Turn } from '../hub/turn.ts';
import { encodeInput } from './encodeInput.ts';
import { encodeTools } from './encodeTools.ts';

type Wire = Record<string, unknown>;

/** Less is refused. */
const fewestTokens = 16;

/** OpenAI's limit for `user` and `prompt_cache_key`. */
const longestUser = 64;

/** By name, with or without a maker before it: these always reason, and refuse to be sampled otherwise. */
const isReasoningModel = (model: string): boolean =>
  /^(?:.*\/)?(?:o\d|gpt-[5-9](?!.*-chat)|codex)/i.test(model);

function formatOf(output: OutputFormat): Wire {
  if (output.type === 'json') return { type: 'json_object' };
  const name = (output.name ?? '').replace(/[^\w-]/g, '_').slice(0, 64) || 'response';
  return {
    type: 'json_schema',
    name,
    schema: output.schema,
    ...(output.description === null ? {} : { description: output.description }),
    ...(output.strict === null ? {} : { strict: output.strict }),
  };
}

/** What can't be said in `text.format` is asked for in words. */
function sayable(turn: Turn): { turn: Turn; repairs: string[] } {
  const { output } = turn;
  if (output?.type !== 'schema' || isObjectSchema(output.schema)) return { turn, repairs: [] };
  const { turn: asked, repair } = askInWords(turn, output);
  return { turn: asked, repairs: [repair] };
}

/** `json_object` is refused unless the word stands in the input; instructions don't count. */
function sayJson({ output }: Turn, input: readonly Wire[]): { input: readonly Wire[]; repairs: string[] } {
  if (output?.type !== 'json') return { input, repairs: [] };
  const texts = input.flatMap(({ content }) =>
    Array.isArray(content) ? content.map((part: Wire) => part.text) : [content],
  );
  if (texts.some((text) => typeof text === 'string' && /json/i.test(text))) return { input, repairs: [] };
  const { words, repair } = outputInWords(output);
  return { input: [{ type: 'message', role: 'developer', content: words }, ...input], repairs: [repair] };
}

function textOf({ output, verbosity }: Turn): Wire | null {
  if (!output && verbosity === null) return null;
  return { ...(output && { format: formatOf(output) }), ...(verbosity === null ? {} : { verbosity }) };
}

function reasoningOf({ reasoning }: Turn): Wire | null {
  if (!reasoning) return null;
  const effort = effortOf(reasoning);
  const fields = {
    ...(effort === null ? {} : { effort }),
    ...(reasoning.visible && effort !== 'none' ? { summary: 'auto' } : {}),
  };
  return Object.keys(fields).length === 0 ? null : fields;
}

/** Names what of the wish to be sampled this way can't be said here. */
function lostSampling({ sampling, stop }: Turn): string[] {
  const wishes: Readonly<Record<string, unknown>> = {
    top_k: sampling.topK,
    presence_penalty: sampling.presencePenalty || null,
    frequency_penalty: sampling.frequencyPenalty || null,
    seed: sampling.seed,
    logprobs: sampling.logprobs || null,
    top_logprobs: sampling.topLogprobs || null,
    logit_bias: sampling.logitBias,
    stop: stop.length > 0 ? stop : null,
  };
  return Object.entries(wishes).flatMap(([name, value]) => (value === null ? [] : [name]));
}

/** Throws CannotHoldError for several answers at once, sound, video, and tools that only their own provider runs but that must be used. */
export function encodeResponsesRequest(given: Turn, { model }: EncodeTarget): EncodedRequest {
  const { turn: paired, repairs: answered } = pairedCalls(given);
  const { turn, repairs: asked } = sayable(paired);
  const { sampling, maxTokens } = turn;
  if ((sampling.candidates ?? 1) > 1)
    throw new CannotHoldError('OpenAI\'s responses API gives one answer a request: send "n" requests.', 'n');
  const input = encodeInput(turn.messages);
  const tools = encodeTools(turn);
  const dropped = [...input.dropped, ...tools.dropped, ...lostSampling(turn)];
  const said = sayJson(turn, input.input);
  const repairs = [...asked, ...answered, ...said.repairs, ...input.repairs, ...tools.repairs];

  const reasons = isReasoningModel(model) && turn.reasoning?.effort !== 'none';
  const reasoning = reasoningOf(turn);
  const body: Wire = { model, input: said.input, store: false };
  const set = (name: string, value: unknown): void => {
    if (value !== null && value !== undefined) body[name] = value;
  };
  set('instructions', input.instructions);
  if (turn.stream) body.stream = true;
  Object.assign(body, tools.fields);
  set('reasoning', reasoning);
  if (reasons || (reasoning && reasoning.effort !== 'none')) body.include = ['reasoning.encrypted_content'];
  set('text', textOf(turn));
  for (const [name, value] of Object.entries({ temperature: sampling.temperature, top_p: sampling.topP })) {
    if (reasons && value !== null) dropped.push(name);
    else set(name, value);
  }
  if (maxTokens !== null && maxTokens < fewestTokens)
    repairs.push(`raised max_output_tokens to ${fewestTokens}`);
  set('max_output_tokens', maxTokens === null ? null : Math.max(fewestTokens, maxTokens));
  set('user', turn.user === null ? null : shortName(turn.user, longestUser));
  set('prompt_cache_key', turn.cacheKey === null ? null : shortName(turn.cacheKey, longestUser));
  set('service_tier', turn.serviceTier);

  return { body, dropped: inClientNames(turn, new Set(dropped)), repairs };
}
