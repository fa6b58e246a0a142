// The hub -> a body for POST /v1/messages. Rules that are not in the SDK's types are those of Anthropic's API pages.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import { outputInWords } from '../hub/outputInWords.ts';
import type { Turn } from '../hub/turn.ts';
import { limitCacheMarks, markPrompt } from './cacheMarks.ts';
import { encodeMessages, lacksThinking } from './encodeMessages.ts';
import { encodeThinking } from './encodeThinking.ts';
import { encodeTools } from './encodeTools.ts';
import { type ModelTraits, modelTraits } from './messagesModels.ts';
import { cleanSchema } from './messagesSchema.ts';
import { type Block, createNotes, type Notes } from './wire.ts';

/** Longer ids are refused. */
const maxUserId = 256;

/** By OpenAI's names: only its clients can have sent them. */
function nameUnheld({ sampling, verbosity }: Turn, notes: Notes): void {
  const unheld = {
    presence_penalty: sampling.presencePenalty || null,
    frequency_penalty: sampling.frequencyPenalty || null,
    seed: sampling.seed,
    logprobs: sampling.logprobs || null,
    top_logprobs: sampling.topLogprobs,
    logit_bias: sampling.logitBias,
    verbosity,
  };
  for (const [name, value] of Object.entries(unheld)) if (value !== null) notes.dropped.add(name);
}

function encodeSampling({ sampling }: Turn, traits: ModelTraits, thinks: boolean, notes: Notes): object {
  const asked = { temperature: sampling.temperature, top_p: sampling.topP, top_k: sampling.topK };
  const taken: Record<string, number> = {};
  for (const [name, value] of Object.entries(asked)) {
    if (value === null) continue;
    const second = name === 'top_p' && traits.sampling === 'one' && taken.temperature !== undefined;
    if (traits.sampling === 'none' || thinks || second) notes.dropped.add(name);
    else taken[name] = value;
  }
  if (taken.temperature !== undefined && (taken.temperature > 1 || taken.temperature < 0)) {
    notes.repairs.add('put the temperature between 0 and 1');
    taken.temperature = Math.min(1, Math.max(0, taken.temperature));
  }
  return taken;
}

/** The format the API holds the answer to, or else the words that ask for it. */
function encodeOutput(
  { output }: Turn,
  traits: ModelTraits,
  notes: Notes,
): { format?: object; words?: string } {
  if (!output) return {};
  const schema = output.type === 'schema' && traits.schemas ? cleanSchema(output.schema) : null;
  if (schema) return { format: { type: 'json_schema', schema } };
  const { words, repair } = outputInWords(output);
  notes.repairs.add(repair);
  return { words };
}

function encodeStop({ stop }: Turn, notes: Notes): object {
  const held = stop.filter((text) => text.trim() !== '');
  if (held.length < stop.length) notes.dropped.add('stop');
  return held.length > 0 ? { stop_sequences: held } : {};
}

const tiers: Readonly<Record<string, string>> = {
  auto: 'auto',
  priority: 'auto',
  default: 'standard_only',
  standard_only: 'standard_only',
};

function encodeTier({ serviceTier }: Turn, notes: Notes): object {
  if (serviceTier === null) return {};
  const tier = tiers[serviceTier];
  if (!tier) notes.dropped.add('service_tier');
  return tier ? { service_tier: tier } : {};
}

/** Throws CannotHoldError for several answers at once, and for media and tools that Anthropic does not have. */
export function encodeMessagesRequest(turn: Turn, { model }: EncodeTarget): EncodedRequest {
  if ((turn.sampling.candidates ?? 1) > 1)
    throw new CannotHoldError(
      "Anthropic's models give one answer at a time: ask several times instead.",
      'n',
    );
  const notes = createNotes();
  const traits = modelTraits(model);
  const { system, messages } = encodeMessages(turn, traits, notes);
  const { tools, toolChoice, forced, instruction } = encodeTools(turn, traits, messages, notes);
  const { thinking, effort, maxTokens } = encodeThinking(
    {
      traits,
      wish: turn.reasoning,
      maxTokens: turn.maxTokens,
      forced,
      lacksThinking: lacksThinking(messages),
    },
    notes,
  );
  const { format, words } = encodeOutput(turn, traits, notes);
  const told = [instruction, words].filter((text) => typeof text === 'string');
  const written = {
    tools,
    system: [...system, ...told.map((text): Block => ({ type: 'text', text }))],
    messages,
  };
  const prompt = limitCacheMarks(markPrompt(written, turn, notes), notes);
  const thinks = thinking !== null && thinking.type !== 'disabled';
  nameUnheld(turn, notes);
  const config = { ...(effort === null ? {} : { effort }), ...(format ? { format } : {}) };
  const body: Record<string, unknown> = {
    model,
    max_tokens: maxTokens,
    ...(prompt.system.length > 0 ? { system: prompt.system } : {}),
    messages: prompt.messages,
    ...(prompt.tools.length > 0 ? { tools: prompt.tools } : {}),
    ...(toolChoice ? { tool_choice: toolChoice } : {}),
    ...(thinking ? { thinking } : {}),
    ...(Object.keys(config).length > 0 ? { output_config: config } : {}),
    ...encodeSampling(turn, traits, thinks, notes),
    ...encodeStop(turn, notes),
    ...(turn.user ? { metadata: { user_id: turn.user.slice(0, maxUserId) } } : {}),
    ...encodeTier(turn, notes),
    ...(turn.stream ? { stream: true } : {}),
  };
  return { body, dropped: inClientNames(turn, notes.dropped), repairs: [...notes.repairs] };
}
