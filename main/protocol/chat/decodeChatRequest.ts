// A chat client's request -> the hub's turn (OpenAI's ChatCompletionCreateParams, and what clients of other providers add to it).
import { GatewayError } from '../../base/gatewayError.ts';
import { type ClientNames, chatNames } from '../hub/clientNames.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import {
  asJsonObject,
  type Fields,
  isFields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalNumber,
  optionalText,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { JsonObject, OutputFormat, Sampling, Turn } from '../hub/turn.ts';
import { decodeChatMessages } from './decodeChatMessages.ts';
import { decodeChatReasoning, reasoningMembers } from './decodeChatReasoning.ts';
import { decodeChatToolChoice, decodeChatTools } from './decodeChatTools.ts';

const newLimitNames: ClientNames = new Map([['max_tokens', 'max_completion_tokens']]);

/** What the hub carries; every other member is named in `dropped`. */
const carried: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'tools',
  'functions',
  'tool_choice',
  'function_call',
  'parallel_tool_calls',
  'response_format',
  'temperature',
  'top_p',
  'top_k',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'n',
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'user',
  'safety_identifier',
  'prompt_cache_key',
  'verbosity',
  'service_tier',
  ...reasoningMembers,
]);

/** Saying so is the same as saying nothing. */
function isHarmless(name: string, value: unknown): boolean {
  // `{}` asks for a search as well.
  if (name === 'web_search_options' && isFields(value)) return false;
  if (value === undefined || value === null || value === false || value === '') return true;
  if (Array.isArray(value) && value.length === 0) return true;
  if (isFields(value) && Object.keys(value).length === 0) return true;
  return name === 'modalities' && Array.isArray(value) && value.every((modality) => modality === 'text');
}

function refuseAudio(body: Fields): void {
  if (!optionalList(body, 'modalities').includes('audio')) return;
  throw new CannotHoldError(
    'Answers in audio can only be had from an endpoint that speaks OpenAI chat itself. Leave "audio" out of "modalities", or use such an endpoint.',
    'modalities',
  );
}

function decodeOutput(body: Fields): OutputFormat | null {
  const format = optionalFields(body, 'response_format');
  if (!format) return null;
  switch (format.type) {
    case undefined:
    case null:
    case 'text':
      return null;
    case 'json_object':
      // Several servers take a schema here.
      if (!isFields(format.schema)) return { type: 'json' };
      return {
        type: 'schema',
        name: null,
        description: null,
        schema: asJsonObject(format.schema),
        strict: null,
      };
    case 'json_schema': {
      const path = 'response_format.json_schema.';
      const named = optionalFields(format, 'json_schema', 'response_format.') ?? format;
      const schema = optionalFields(named, 'schema', path);
      if (!schema) return { type: 'json' };
      return {
        type: 'schema',
        name: optionalText(named, 'name', path),
        description: optionalText(named, 'description', path),
        schema: asJsonObject(schema),
        strict: optionalBoolean(named, 'strict', path),
      };
    }
    default:
      throw wrongField('response_format.type', 'text, json_object or json_schema');
  }
}

function decodeStop(body: Fields): string[] {
  const { stop } = body;
  if (stop === undefined || stop === null) return [];
  const list = Array.isArray(stop) ? stop : [stop];
  const sequences = list.map((sequence) => {
    if (typeof sequence !== 'string') throw wrongField('stop', 'a string or a list of strings');
    return sequence;
  });
  return sequences.filter((sequence) => sequence !== '');
}

function decodeSampling(body: Fields): Sampling {
  const bias = optionalFields(body, 'logit_bias');
  return {
    temperature: optionalNumber(body, 'temperature'),
    topP: optionalNumber(body, 'top_p'),
    topK: optionalNumber(body, 'top_k'),
    presencePenalty: optionalNumber(body, 'presence_penalty'),
    frequencyPenalty: optionalNumber(body, 'frequency_penalty'),
    seed: optionalNumber(body, 'seed'),
    // vLLM and others count in `logprobs` itself, as completions do.
    logprobs: typeof body.logprobs === 'number' ? true : optionalBoolean(body, 'logprobs'),
    topLogprobs: typeof body.logprobs === 'number' ? body.logprobs : optionalNumber(body, 'top_logprobs'),
    logitBias: bias && asJsonObject(bias),
    candidates: optionalNumber(body, 'n'),
  };
}

/** Throws GatewayError `invalid_request`, which names the field and what it must be. */
export function decodeChatRequest(
  body: JsonObject,
  from: { readonly model: string; readonly stream: boolean },
): Turn {
  const messages = optionalList(body, 'messages');
  if (messages.length === 0)
    throw new GatewayError('invalid_request', '"messages" must be a list with at least one message.', {
      param: 'messages',
    });
  refuseAudio(body);
  const model = from.model === '' ? requiredText(body, 'model') : from.model;
  const newLimit = optionalNumber(body, 'max_completion_tokens');
  return {
    model,
    stream: optionalBoolean(body, 'stream') ?? from.stream,
    messages: decodeChatMessages(messages),
    tools: decodeChatTools(body),
    toolChoice: decodeChatToolChoice(body),
    parallelToolCalls: optionalBoolean(body, 'parallel_tool_calls'),
    output: decodeOutput(body),
    reasoning: decodeChatReasoning(body),
    sampling: decodeSampling(body),
    maxTokens: newLimit ?? optionalNumber(body, 'max_tokens'),
    stop: decodeStop(body),
    user: optionalText(body, 'user') ?? optionalText(body, 'safety_identifier'),
    cacheKey: optionalText(body, 'prompt_cache_key'),
    verbosity: optionalText(body, 'verbosity'),
    serviceTier: optionalText(body, 'service_tier'),
    dropped: Object.keys(body).filter((name) => !carried.has(name) && !isHarmless(name, body[name])),
    clientNames: newLimit === null ? chatNames : newLimitNames,
  };
}
