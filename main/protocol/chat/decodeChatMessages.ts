// `messages` of a chat request -> the hub's messages.
import { GatewayError } from '../../base/gatewayError.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import {
  type Fields,
  isFields,
  optionalFields,
  optionalList,
  optionalText,
  requiredFields,
  requiredText,
} from '../hub/reader.ts';
import type {
  CacheMark,
  MediaPart,
  Message,
  Part,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '../hub/turn.ts';
import { type ContentPart, cacheMarkOf, decodeChatParts } from './decodeChatParts.ts';
import { decodeChatThoughts, thoughtSignatureOf } from './decodeChatThoughts.ts';

/** Arguments are JSON text; some clients send the object itself, or nothing. */
function argumentsOf(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? '{}' : value;
  return isFields(value) ? JSON.stringify(value) : '{}';
}

function decodeCall(value: unknown, path: string): ToolCallPart {
  const call = requiredFields(value, path);
  const id = requiredText(call, 'id', `${path}.`);
  const custom = optionalFields(call, 'custom', `${path}.`);
  if (custom) {
    const input = optionalText(custom, 'input', `${path}.custom.`) ?? '';
    const name = requiredText(custom, 'name', `${path}.custom.`);
    return { type: 'toolCall', kind: 'custom', id, name, arguments: input };
  }
  const called = requiredFields(call.function, `${path}.function`);
  const signature = thoughtSignatureOf(call);
  return {
    type: 'toolCall',
    kind: 'function',
    id,
    name: requiredText(called, 'name', `${path}.function.`),
    arguments: argumentsOf(called.arguments),
    ...(signature === null ? {} : { signature: { family: 'gemini', value: signature } }),
  };
}

const asResultPart = (part: ContentPart): TextPart | MediaPart =>
  part.type === 'text' || part.type === 'media' ? part : { type: 'text', text: part.text };

/** A mark on the message itself means its last part. */
function markLast(parts: Part[], cache: CacheMark | undefined): Part[] {
  const last = parts.at(-1);
  if (!cache || !last || last.type === 'reasoning' || last.type === 'refusal') return parts;
  return [...parts.slice(0, -1), { ...last, cache }];
}

/** Throws GatewayError `invalid_request`, which names the place. */
export function decodeChatMessages(list: readonly unknown[]): Message[] {
  const messages: Message[] = [];
  const customCalls = new Set<string>();
  /** Ids for legacy function calls, which have none: name -> the id of its last call. */
  const legacyIds = new Map<string, string>();
  /** The message that takes the results of one assistant turn, while they come. */
  let results: ToolResultPart[] | null = null;

  function legacyId(name: string): string {
    const id = `call_legacy_${messages.length}`;
    legacyIds.set(name, id);
    return id;
  }

  function addResult(message: Fields, callId: string, path: string): void {
    const parts = decodeChatParts(message.content, `${path}content`).map(asResultPart);
    const cache = cacheMarkOf(message).cache ?? parts.findLast((part) => part.cache)?.cache;
    const result: ToolResultPart = {
      type: 'toolResult',
      callId,
      name: optionalText(message, 'name', path),
      kind: customCalls.has(callId) ? 'custom' : 'function',
      parts: parts.map(({ cache: _, ...part }) => part),
      isError: false,
      ...(cache ? { cache } : {}),
    };
    if (results) {
      results.push(result);
      return;
    }
    results = [result];
    messages.push({ role: 'user', parts: results });
  }

  function decodeAssistant(message: Fields, path: string): Part[] {
    if (isFields(message.audio))
      throw new CannotHoldError(
        `"${path}audio" refers to audio that only its own provider has. Send its transcript as content instead.`,
        `${path}audio`,
      );
    const parts: Part[] = [
      ...decodeChatThoughts(message),
      ...decodeChatParts(message.content, `${path}content`),
      ...decodeChatParts(message.images, `${path}images`),
    ];
    const refusal = optionalText(message, 'refusal', path);
    if (refusal) parts.push({ type: 'refusal', text: refusal });
    for (const [index, value] of optionalList(message, 'tool_calls', path).entries()) {
      const call = decodeCall(value, `${path}tool_calls[${index}]`);
      if (call.kind === 'custom') customCalls.add(call.id);
      parts.push(call);
    }
    const legacy = optionalFields(message, 'function_call', path);
    if (legacy) {
      const name = requiredText(legacy, 'name', `${path}function_call.`);
      const text = argumentsOf(legacy.arguments);
      parts.push({ type: 'toolCall', kind: 'function', id: legacyId(name), name, arguments: text });
    }
    return parts;
  }

  function decode(value: unknown, at: number): void {
    const message = requiredFields(value, `messages[${at}]`);
    const path = `messages[${at}].`;
    const { role } = message;
    if (role === 'tool') {
      addResult(message, requiredText(message, 'tool_call_id', path), path);
      return;
    }
    if (role === 'function') {
      const name = requiredText(message, 'name', path);
      addResult(message, legacyIds.get(name) ?? legacyId(name), path);
      return;
    }
    results = null;
    const name = optionalText(message, 'name', path);
    const named = name ? { name } : {};
    const { cache } = cacheMarkOf(message);
    switch (role) {
      case 'system':
      case 'developer':
      case 'user':
        messages.push({
          role,
          parts: markLast(decodeChatParts(message.content, `${path}content`), cache),
          ...named,
        });
        return;
      case 'assistant':
        messages.push({ role, parts: markLast(decodeAssistant(message, path), cache), ...named });
        return;
      default:
        throw new GatewayError(
          'invalid_request',
          `"${path}role" must be system, developer, user, assistant or tool, not ${JSON.stringify(role)}.`,
          { param: `${path}role` },
        );
    }
  }

  for (const [at, value] of list.entries()) decode(value, at);
  return messages;
}
