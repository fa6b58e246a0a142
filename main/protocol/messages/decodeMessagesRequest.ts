// Anthropic's POST /v1/messages -> the hub. Fields: MessageCreateParams of its SDK, and what Claude Code sends beside them.
import type { ClientNames } from '../hub/clientNames.ts';
import {
  asJsonObject,
  type Fields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalNumber,
  optionalText,
  wrongField,
} from '../hub/reader.ts';
import {
  type Effort,
  efforts,
  type JsonObject,
  type Message,
  type OutputFormat,
  type ReasoningWish,
  type Turn,
} from '../hub/turn.ts';
import { decodeMessages } from './decodeMessages.ts';
import { decodeToolChoice, decodeTools } from './decodeMessagesTools.ts';
import { readCacheMark } from './wire.ts';

const clientNames: ClientNames = new Map([
  ['stop', 'stop_sequences'],
  ['user', 'metadata.user_id'],
  ['reasoning', 'thinking'],
  ['reasoning_effort', 'thinking'],
  ['parallel_tool_calls', 'tool_choice.disable_parallel_tool_use'],
]);

const known = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'stream',
  'stop_sequences',
  'temperature',
  'top_p',
  'top_k',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'service_tier',
  'cache_control',
]);

const isEffort = (value: unknown): value is Effort => efforts.includes(value as Effort);

function decodeReasoning(body: Fields, dropped: Set<string>): ReasoningWish | null {
  const thinking = optionalFields(body, 'thinking');
  const wanted = optionalFields(body, 'output_config')?.effort ?? null;
  const effort = isEffort(wanted) ? wanted : null;
  if (wanted !== null && effort === null) dropped.add('output_config.effort');
  const wish: ReasoningWish = { effort, budgetTokens: null, adaptive: false, visible: null };
  // Unless it is told to omit them, whoever has Claude think is shown its thoughts, or their summary.
  const visible = thinking?.display !== 'omitted';
  switch (thinking?.type) {
    case undefined:
      return effort === null ? null : wish;
    case 'disabled':
      return { ...wish, effort: 'none' };
    case 'enabled':
      return { ...wish, visible, budgetTokens: optionalNumber(thinking, 'budget_tokens', 'thinking.') };
    case 'adaptive':
      return { ...wish, visible, adaptive: true };
    case 'between_tools':
      return { ...wish, visible, adaptive: true, effort: effort ?? 'low' };
    default:
      dropped.add('thinking');
      return effort === null ? null : wish;
  }
}

/** `output_config.format`, or `output_format` as the beta had it. */
function decodeOutput(body: Fields, dropped: Set<string>): OutputFormat | null {
  const config = optionalFields(body, 'output_config');
  const format =
    (config && optionalFields(config, 'format', 'output_config.')) ?? optionalFields(body, 'output_format');
  for (const [name, value] of Object.entries(config ?? {}))
    if (!['effort', 'format'].includes(name) && value !== null) dropped.add(`output_config.${name}`);
  if (!format) return null;
  const schema = optionalFields(format, 'schema', 'output_config.format.');
  if (format.type !== 'json_schema' || !schema)
    throw wrongField('output_config.format', 'of the type "json_schema" and hold a "schema"');
  return { type: 'schema', name: null, description: null, schema: asJsonObject(schema), strict: null };
}

function decodeStop(body: Fields): string[] {
  return optionalList(body, 'stop_sequences').map((stop, index) => {
    if (typeof stop !== 'string') throw wrongField(`stop_sequences[${index}]`, 'a string');
    return stop;
  });
}

/** `cache_control` of the request itself marks the last block that can be. */
function markLast(messages: readonly Message[], body: Fields): readonly Message[] {
  const { cache } = readCacheMark(body);
  const last = messages.at(-1);
  const part = last?.parts.at(-1);
  if (!cache || !last || !part || part.type === 'reasoning' || part.type === 'refusal') return messages;
  return [...messages.slice(0, -1), { ...last, parts: [...last.parts.slice(0, -1), { ...part, cache }] }];
}

/** Anthropic's `standard_only` is OpenAI's `default`: no priority capacity. */
function decodeTier(body: Fields): string | null {
  const tier = optionalText(body, 'service_tier');
  return tier === 'standard_only' ? 'default' : tier;
}

/** Unknown members are named in `dropped`. Throws GatewayError `invalid_request` with the path of what is wrong. */
export function decodeMessagesRequest(body: JsonObject, from: { model: string; stream: boolean }): Turn {
  const dropped = new Set<string>();
  for (const [name, value] of Object.entries(body)) if (!known.has(name) && value !== null) dropped.add(name);
  const messages = markLast(decodeMessages(body, dropped), body);
  const tools = decodeTools(body, dropped);
  const reasoning = decodeReasoning(body, dropped);
  const output = decodeOutput(body, dropped);
  const metadata = optionalFields(body, 'metadata');
  return {
    model: optionalText(body, 'model') ?? from.model,
    stream: optionalBoolean(body, 'stream') ?? from.stream,
    messages,
    tools,
    ...decodeToolChoice(body),
    output,
    reasoning,
    sampling: {
      temperature: optionalNumber(body, 'temperature'),
      topP: optionalNumber(body, 'top_p'),
      topK: optionalNumber(body, 'top_k'),
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
      logprobs: null,
      topLogprobs: null,
      logitBias: null,
      candidates: null,
    },
    maxTokens: optionalNumber(body, 'max_tokens'),
    stop: decodeStop(body),
    user: metadata && optionalText(metadata, 'user_id', 'metadata.'),
    cacheKey: null,
    verbosity: null,
    serviceTier: decodeTier(body),
    dropped: [...dropped],
    clientNames,
  };
}
