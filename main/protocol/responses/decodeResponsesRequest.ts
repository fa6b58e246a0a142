// A client's request to /v1/responses -> the hub. What needs a store of responses is refused: nothing is stored here.
import { GatewayError } from '../../base/gatewayError.ts';
import type { ClientNames } from '../hub/clientNames.ts';
import {
  asJsonObject,
  type Fields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalNumber,
  optionalText,
  requiredFields,
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
import { decodeInput } from './decodeInput.ts';
import { decodeToolChoice, decodeTools } from './decodeTools.ts';

const clientNames: ClientNames = new Map([
  ['max_tokens', 'max_output_tokens'],
  ['verbosity', 'text.verbosity'],
  ['reasoning_effort', 'reasoning.effort'],
]);

/** Fields that are read, or say nothing that matters to a translated request. */
const carried: ReadonlySet<string> = new Set([
  'model',
  'stream',
  'stream_options',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'include',
  'text',
  'max_output_tokens',
  'temperature',
  'top_p',
  'user',
  'safety_identifier',
  'prompt_cache_key',
  'service_tier',
  'previous_response_id',
  'conversation',
  'background',
  'prompt',
]);

const stored: Readonly<Record<string, string>> = {
  previous_response_id:
    'it needs an endpoint that stores responses itself. Send the history as items of "input" instead',
  conversation:
    'it needs an endpoint that stores conversations itself. Send the history as items of "input" instead',
  prompt: 'prompt templates are stored at OpenAI. Send their text as "instructions" and "input" instead',
  background: 'nothing is stored to be fetched later. Leave it out, and stream if the answer takes long',
};

function refuseStored(body: Fields): void {
  for (const [name, why] of Object.entries(stored)) {
    const value = body[name];
    if (value === undefined || value === null || value === false || value === '') continue;
    throw new GatewayError('invalid_request', `"${name}" can't be used with this model: ${why}.`, {
      param: name,
    });
  }
}

/** Says something: `{}`, `[]`, null and defaults are no loss. */
function isLost(name: string, value: unknown): boolean {
  if (carried.has(name) || value === undefined || value === null) return false;
  if (name === 'store') return value === true;
  if (name === 'truncation') return value !== 'disabled';
  if (name === 'top_logprobs') return value !== 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function droppedFields(body: Fields): string[] {
  const lost = Object.entries(body).flatMap(([name, value]) => (isLost(name, value) ? [name] : []));
  const includes = optionalList(body, 'include').some((entry) => entry !== 'reasoning.encrypted_content');
  return includes ? [...lost, 'include'] : lost;
}

function decodeReasoning(body: Fields): ReasoningWish | null {
  const fields = optionalFields(body, 'reasoning');
  if (!fields) return null;
  const effort = optionalText(fields, 'effort', 'reasoning.');
  if (effort !== null && !(efforts as readonly string[]).includes(effort))
    throw wrongField('reasoning.effort', `one of ${efforts.join(', ')}`);
  const summary = fields.summary ?? fields.generate_summary;
  const visible = typeof summary === 'string' ? summary !== 'none' : null;
  if (effort === null && visible === null) return null;
  return { effort: effort as Effort | null, budgetTokens: null, adaptive: false, visible };
}

function decodeFormat(text: Fields | null): OutputFormat | null {
  const format = text && optionalFields(text, 'format', 'text.');
  if (!format || format.type === 'text') return null;
  if (format.type === 'json_object') return { type: 'json' };
  if (format.type !== 'json_schema')
    throw wrongField('text.format.type', '"text", "json_object" or "json_schema"');
  const path = 'text.format.';
  return {
    type: 'schema',
    name: optionalText(format, 'name', path),
    description: optionalText(format, 'description', path),
    schema: asJsonObject(requiredFields(format.schema, 'text.format.schema')),
    strict: optionalBoolean(format, 'strict', path),
  };
}

function instructionsOf(body: Fields): Message[] {
  const text = optionalText(body, 'instructions');
  return text === null || text === '' ? [] : [{ role: 'system', parts: [{ type: 'text', text }] }];
}

/** Throws GatewayError `invalid_request` with the field that is wrong, and what to do. */
export function decodeResponsesRequest(body: JsonObject, from: { model: string; stream: boolean }): Turn {
  refuseStored(body);
  const input = decodeInput(body.input);
  const messages = [...instructionsOf(body), ...input.messages];
  if (messages.length === 0) throw wrongField('input', 'a string or a list that says something');
  const text = optionalFields(body, 'text');
  return {
    model: from.model,
    stream: from.stream,
    messages,
    tools: decodeTools([...optionalList(body, 'tools'), ...input.tools]),
    toolChoice: decodeToolChoice(body.tool_choice),
    parallelToolCalls: optionalBoolean(body, 'parallel_tool_calls'),
    output: decodeFormat(text),
    reasoning: decodeReasoning(body),
    sampling: {
      temperature: optionalNumber(body, 'temperature'),
      topP: optionalNumber(body, 'top_p'),
      topK: null,
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
      logprobs: null,
      topLogprobs: null,
      logitBias: null,
      candidates: null,
    },
    maxTokens: optionalNumber(body, 'max_output_tokens'),
    stop: [],
    user: optionalText(body, 'user') ?? optionalText(body, 'safety_identifier'),
    cacheKey: optionalText(body, 'prompt_cache_key'),
    verbosity: text && optionalText(text, 'verbosity', 'text.'),
    serviceTier: optionalText(body, 'service_tier'),
    dropped: [...new Set([...droppedFields(body), ...input.dropped])],
    clientNames,
  };
}
