// What OpenAI's responses refuse though their types allow it, in their own words: outputs need their calls, thoughts their seal.
import { type Json, objectOr, objectsIn } from '../asked.ts';
import { type Refusal, strictSchemaRefusal, temperatureRefusal, toolNameRefusal } from '../chat/chatRules.ts';
import { seal } from '../seal.ts';
import { isOutput, itemsOf } from './readResponses.ts';

export function sealedThought(id: unknown): string {
  return `gAAAAA${seal('openai', String(id))}`;
}

const isCall = ({ type }: Json) => type === 'function_call' || type === 'custom_tool_call';

function pairRefusal(items: readonly Json[]): Refusal | null {
  const called = new Set(items.filter(isCall).map(({ call_id }) => call_id));
  const answered = new Set(items.filter(isOutput).map(({ call_id }) => call_id));
  const stray = [...answered].find((id) => !called.has(id));
  const words = (item: Json | undefined) =>
    item?.type === 'custom_tool_call_output' ? 'custom tool call' : 'function call';
  if (stray !== undefined) {
    const item = items.find(({ call_id }) => call_id === stray);
    return { message: `No tool call found for ${words(item)} output with call_id ${stray}.`, param: 'input' };
  }
  const open = [...called].find((id) => !answered.has(id));
  return open === undefined
    ? null
    : { message: `No tool output found for function call ${open}.`, param: 'input' };
}

function thoughtRefusal(items: readonly Json[]): Refusal | null {
  for (const [index, item] of items.entries()) {
    if (item.type !== 'reasoning') continue;
    const sealed = item.encrypted_content;
    if (sealed === undefined || sealed === null) {
      const message = `Item with id '${item.id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`;
      return { message, param: 'input' };
    }
    if (sealed !== sealedThought(item.id)) {
      const message = `The encrypted content for item ${item.id} could not be verified. Reason: Encrypted content could not be decrypted or parsed.`;
      return { message, code: 'invalid_encrypted_content' };
    }
    if (index === items.length - 1) {
      const message = `Item '${item.id}' of type 'reasoning' was provided without its required following item.`;
      return { message, param: 'input' };
    }
  }
  return null;
}

function idRefusal(items: readonly Json[]): Refusal | null {
  const prefixes: Record<string, string> = { function_call: 'fc', reasoning: 'rs', custom_tool_call: 'ctc' };
  for (const [index, { type, id }] of items.entries()) {
    const prefix = prefixes[String(type)];
    if (prefix === undefined || id === undefined || String(id).startsWith(prefix)) continue;
    const message = `Invalid 'input[${index}].id': '${id}'. Expected an ID that begins with '${prefix}'.`;
    return { message, param: `input[${index}].id`, code: 'invalid_value' };
  }
  return null;
}

/** What was said up to an answer that was stored, by the answer's id. */
export type ResponseStore = Map<string, readonly Json[]>;

/** The request with all that went before it, where it goes on from a stored answer. */
export function continued(json: Json, store: ResponseStore): Json {
  const before = store.get(String(json.previous_response_id));
  return before ? { ...json, input: [...before, ...itemsOf(json)] } : json;
}

function referenceRefusal(items: readonly Json[], store: ResponseStore): Refusal | null {
  const known = new Set([...store.values()].flatMap((stored) => stored.map(({ id }) => id)));
  const lost = items.find(({ type, id }) => type === 'item_reference' && !known.has(id));
  return lost ? { message: `Item with id '${lost.id}' not found.`, param: 'input' } : null;
}

export function responsesRefusal(json: Json, store: ResponseStore): Refusal | null {
  const items = itemsOf(json);
  const { previous_response_id: previous } = json;
  if (typeof previous === 'string' && !store.has(previous)) {
    const message = `Previous response with id '${previous}' not found.`;
    return { message, param: 'previous_response_id', code: 'previous_response_not_found' };
  }
  if (typeof json.max_output_tokens === 'number' && json.max_output_tokens < 16) {
    const message = `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got ${json.max_output_tokens} instead.`;
    return { message, param: 'max_output_tokens', code: 'integer_below_min_value' };
  }
  const format = objectOr(objectOr(json.text).format);
  const tools = objectsIn(json.tools).filter(({ type }) => type === 'function');
  for (const [index, { name, strict, parameters }] of tools.entries()) {
    const refusal =
      toolNameRefusal(name, `tools[${index}].name`) ??
      (strict === true
        ? strictSchemaRefusal(parameters, `function '${name}'`, `tools[${index}].parameters`)
        : null);
    if (refusal) return refusal;
  }
  return (
    temperatureRefusal(json) ??
    referenceRefusal(items, store) ??
    pairRefusal(itemsOf(continued(json, store))) ??
    thoughtRefusal(items) ??
    idRefusal(items) ??
    (format.strict === true
      ? strictSchemaRefusal(format.schema, `response_format '${format.name}'`, 'text.format.schema')
      : null)
  );
}
