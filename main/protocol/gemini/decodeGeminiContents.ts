// A client's `contents` -> messages of the hub. Calls without ids get them by position, and results find their calls by name, in order.
import { type Fields, isFields, optionalText, wrongField } from '../hub/reader.ts';
import type { MediaPart, Message, Part, ReasoningPart, TextPart, ToolResultPart } from '../hub/turn.ts';
import { readCode } from './geminiCode.ts';
import { camelFields, listOf, optionalItems, optionalMembers, requiredMembers } from './geminiFields.ts';
import { readMedia } from './geminiMedia.ts';
import { type CarriedSignature, readSignature } from './geminiSignature.ts';

interface WaitingCall {
  readonly id: string;
  readonly name: string;
}

interface Reading {
  /** Calls that were not answered yet, oldest first. */
  readonly waiting: WaitingCall[];
  made: number;
  readonly dropped: Set<string>;
}

/** Ids that every other dialect accepts: letters, digits, `_` and `-`, at most 64. */
function madeId(reading: Reading, name: string): string {
  reading.made += 1;
  return `call_${reading.made}_${name.replace(/[^\w-]/g, '_').slice(0, 48)}`;
}

function argumentsOf(call: Fields, path: string): string {
  const { args } = call;
  if (args === undefined || args === null) return '{}';
  if (!isFields(args)) throw wrongField(`${path}.args`, 'an object');
  return JSON.stringify(args);
}

function readCall(call: Fields, carried: CarriedSignature | null, path: string, reading: Reading): Part {
  const name = optionalText(call, 'name', `${path}.`);
  if (!name) throw wrongField(`${path}.name`, 'the name of a function');
  const id = optionalText(call, 'id', `${path}.`) || madeId(reading, name);
  reading.waiting.push({ id, name });
  return {
    type: 'toolCall',
    kind: 'function',
    id,
    name,
    arguments: argumentsOf(call, path),
    ...(carried ? { signature: carried.signature } : {}),
  };
}

function callOf(id: string | null, name: string | null, { waiting }: Reading): WaitingCall | null {
  const byId = waiting.findIndex((call) => call.id === id);
  const at = byId >= 0 ? byId : waiting.findIndex((call) => call.name === name);
  return at < 0 ? null : (waiting.splice(at, 1)[0] ?? null);
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The ways in which clients wrap what is no object: `output` and `error` are Google's own. AI SDK repeats the name beside `content`. */
function readResponse(response: Fields): { text: string; isError: boolean } {
  const names = Object.keys(response).filter(
    (name) => name !== 'name' || !('content' in response || 'error' in response),
  );
  const [only, ...others] = names;
  if (others.length === 0 && only !== undefined && ['result', 'output', 'content', 'error'].includes(only))
    return { text: asText(response[only]), isError: only === 'error' };
  return { text: JSON.stringify(response), isError: false };
}

function readResult(result: Fields, path: string, reading: Reading): ToolResultPart {
  const name = optionalText(result, 'name', `${path}.`);
  const id = optionalText(result, 'id', `${path}.`);
  const call = callOf(id, name, reading);
  const given =
    optionalMembers({ response: result.response }, 'response', `${path}.`) === null ? {} : result.response;
  const { text, isError } = readResponse(given as Fields);
  const media = listOf(result.parts).flatMap((part) => {
    const found = isFields(part) ? readMedia(camelFields(part)) : null;
    return found ? [found] : [];
  });
  const parts: (TextPart | MediaPart)[] = [{ type: 'text', text }, ...media];
  const callId = call?.id ?? id ?? madeId(reading, name ?? 'tool');
  return { type: 'toolResult', callId, name: name ?? call?.name ?? null, kind: 'function', parts, isError };
}

function thoughtOf(text: string, carried: CarriedSignature | null): ReasoningPart {
  if (!carried) return { type: 'reasoning', text };
  const { signature, redacted, id } = carried;
  return {
    type: 'reasoning',
    text,
    signature,
    ...(redacted ? { redacted } : {}),
    ...(id === null ? {} : { id }),
  };
}

/** Null where the part says nothing, or something that only Gemini understands: then it is named. */
function readPart(value: unknown, path: string, role: Message['role'], reading: Reading): Part | null {
  const part = requiredMembers(value, path);
  const carried = readSignature(part.thoughtSignature);
  const call = optionalMembers(part, 'functionCall', `${path}.`);
  if (call) {
    if (role !== 'assistant')
      throw wrongField(path, 'in a content of role "model": function calls are the model\'s');
    return readCall(call, carried, `${path}.functionCall`, reading);
  }
  const result = optionalMembers(part, 'functionResponse', `${path}.`);
  if (result) {
    if (role !== 'user')
      throw wrongField(path, 'in a content of role "user": function responses are the caller\'s');
    return readResult(result, `${path}.functionResponse`, reading);
  }
  for (const name of ['videoMetadata', 'mediaResolution', 'toolCall', 'toolResponse'])
    if (isFields(part[name])) reading.dropped.add(name);
  const text = optionalText(part, 'text', `${path}.`) ?? readCode(part);
  if (part.thought === true)
    return role === 'assistant' && (text || carried) ? thoughtOf(text ?? '', carried) : null;
  if (part.inlineData || part.fileData) {
    const media = readMedia(part);
    if (!media)
      throw wrongField(path, 'a part with "inlineData" {mimeType, data} or "fileData" {mimeType, fileUri}');
    return media;
  }
  if (text) return { type: 'text', text, ...(carried ? { signature: carried.signature } : {}) };
  return carried ? { type: 'text', text: '', signature: carried.signature } : null;
}

/** Clients that keep a stream's chunks send one part a chunk: what belongs together is put together again. */
function append(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  const joins =
    (part.type === 'text' && last?.type === 'text' && !last.signature) ||
    (part.type === 'reasoning' && last?.type === 'reasoning' && !last.signature);
  if (joins) parts[parts.length - 1] = { ...last, ...part, text: last.text + part.text };
  else parts.push(part);
}

function roleOf(content: Fields, path: string): 'user' | 'assistant' {
  const role = optionalText(content, 'role', `${path}.`);
  if (role === 'model') return 'assistant';
  if (role === null || ['', 'user', 'function', 'tool'].includes(role)) return 'user';
  throw wrongField(`${path}.role`, '"user" or "model"');
}

export interface DecodedContents {
  readonly messages: readonly Message[];
  readonly dropped: readonly string[];
}

/** Throws GatewayError `invalid_request` with the path of what is wrong. */
export function decodeContents(contents: readonly unknown[]): DecodedContents {
  const reading: Reading = { waiting: [], made: 0, dropped: new Set() };
  const messages: Message[] = [];
  for (const [index, value] of contents.entries()) {
    const path = `contents[${index}]`;
    const content = requiredMembers(value, path);
    const role = roleOf(content, path);
    const before = messages.at(-1);
    const parts: Part[] = role === 'assistant' && before?.role === 'assistant' ? [...before.parts] : [];
    if (parts.length > 0) messages.pop();
    for (const [at, item] of optionalItems(content, 'parts', `${path}.`).entries()) {
      const part = readPart(item, `${path}.parts[${at}]`, role, reading);
      if (part && role === 'assistant') append(parts, part);
      else if (part) parts.push(part);
    }
    if (parts.length > 0) messages.push({ role, parts });
  }
  return { messages, dropped: [...reading.dropped] };
}

/** The text of a `systemInstruction`, which is a content without a role, or simply a string. */
export function decodeSystem(value: unknown): readonly Message[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string')
    return value === '' ? [] : [{ role: 'system', parts: [{ type: 'text', text: value }] }];
  const path = 'systemInstruction';
  const content = requiredMembers(value, path);
  const reading: Reading = { waiting: [], made: 0, dropped: new Set() };
  const parts = optionalItems(content, 'parts', `${path}.`).flatMap((item, at) => {
    const part = readPart(item, `${path}.parts[${at}]`, 'system', reading);
    return part ? [part] : [];
  });
  return parts.length > 0 ? [{ role: 'system', parts }] : [];
}
