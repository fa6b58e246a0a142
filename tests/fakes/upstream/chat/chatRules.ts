// What OpenAI's chat refuses though its types allow it, in its own words.
import { isObject, type Json, objectOr, objectsIn, stringOr } from '../asked.ts';

export interface Refusal {
  readonly message: string;
  readonly param?: string | null;
  readonly code?: string | null;
}

/** Models that think take `max_completion_tokens` alone. */
export const thinkingModel = /^(o\d|gpt-5)/;

function unansweredCalls(messages: readonly Json[]): Refusal | null {
  for (const [index, message] of messages.entries()) {
    const ids = objectsIn(message.tool_calls).map(({ id }) => id);
    const rest = messages.slice(index + 1);
    const end = rest.findIndex(({ role }) => role !== 'tool');
    const answers = rest.slice(0, end < 0 ? undefined : end).map(({ tool_call_id }) => tool_call_id);
    const open = ids.filter((id) => !answers.includes(id));
    if (open.length > 0) {
      const message = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(', ')}`;
      return { message, param: 'messages' };
    }
  }
  return null;
}

function strayResult(messages: readonly Json[]): Refusal | null {
  const asked = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    for (const { id } of objectsIn(message.tool_calls)) asked.add(id);
    if (message.role === 'tool' && !asked.has(message.tool_call_id)) {
      const words =
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
      return { message: words, param: `messages.[${index}].role` };
    }
  }
  return null;
}

/** The place in a strict schema that is not strict enough, as `('properties', 'x')`; null where all is well. */
function looseObject(schema: Json, context: readonly string[] = []): string | null {
  if (schema.type === 'object') {
    const properties = objectOr(schema.properties);
    const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
    const place = `context=(${context.map((part) => `'${part}'`).join(', ')})`;
    if (schema.additionalProperties !== false)
      return `In ${place}, 'additionalProperties' is required to be supplied and to be false.`;
    const missing = Object.keys(properties).find((name) => !required.includes(name));
    if (missing !== undefined)
      return `In ${place}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
    for (const [name, inner] of Object.entries(properties)) {
      const found = looseObject(objectOr(inner), [...context, 'properties', name]);
      if (found) return found;
    }
  }
  return isObject(schema.items) ? looseObject(schema.items, [...context, 'items']) : null;
}

/** Why a schema that is said to be strict is refused. `where` is `response_format 'x'`, `function 'f'`. */
export function strictSchemaRefusal(schema: unknown, where: string, param: string): Refusal | null {
  const loose = isObject(schema) ? looseObject(schema) : null;
  return loose === null
    ? null
    : { message: `Invalid schema for ${where}: ${loose}`, param, code: 'invalid_json_schema' };
}

export function toolNameRefusal(name: unknown, param: string): Refusal | null {
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(stringOr(name, ''))) return null;
  const message = `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
  return { message, param, code: 'invalid_value' };
}

function toolRefusal(tools: readonly Json[]): Refusal | null {
  for (const [index, tool] of tools.entries()) {
    if (tool.type !== 'function') continue;
    const { name, strict, parameters } = objectOr(tool.function);
    const param = `tools[${index}].function`;
    const refusal =
      toolNameRefusal(name, `${param}.name`) ??
      (strict === true ? strictSchemaRefusal(parameters, `function '${name}'`, `${param}.parameters`) : null);
    if (refusal) return refusal;
  }
  return null;
}

/** Thinking models take no other temperature than their own. */
export function temperatureRefusal({ model, temperature }: Json): Refusal | null {
  const own = temperature === undefined || temperature === null || temperature === 1;
  if (own || !thinkingModel.test(stringOr(model, ''))) return null;
  const message = `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`;
  return { message, param: 'temperature', code: 'unsupported_value' };
}

export function chatRefusal(json: Json): Refusal | null {
  if (thinkingModel.test(stringOr(json.model, '')) && typeof json.max_tokens === 'number') {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    return { message, param: 'max_tokens', code: 'unsupported_parameter' };
  }
  const messages = objectsIn(json.messages);
  const format = objectOr(objectOr(json.response_format).json_schema);
  return (
    temperatureRefusal(json) ??
    unansweredCalls(messages) ??
    strayResult(messages) ??
    toolRefusal(objectsIn(json.tools)) ??
    (format.strict === true
      ? strictSchemaRefusal(format.schema, `response_format '${format.name}'`, 'response_format')
      : null)
  );
}
