// The hub's messages -> `system` and `messages`, in the order and shape that Anthropic insists on.
import type { Message, Part, ReasoningPart, ToolCallPart, ToolResultPart, Turn } from '../hub/turn.ts';
import { encodeMedia } from './encodeMedia.ts';
import { objectText } from './objectWriter.ts';
import { pairToolResults } from './pairToolResults.ts';
import { createToolUseIds, type ToolUseIds } from './toolUseIds.ts';
import { type Block, type Notes, type WireMessage, writeCacheMark } from './wire.ts';

export interface EncodedMessages {
  readonly system: readonly Block[];
  readonly messages: readonly WireMessage[];
}

export interface MessagesTarget {
  /** The conversation may end with the beginning of the answer. */
  readonly prefill: boolean;
}

interface Encoding {
  readonly ids: ToolUseIds;
  readonly notes: Notes;
  readonly target: MessagesTarget;
}

const isThinking = ({ type }: Block): boolean => type === 'thinking' || type === 'redacted_thinking';

/** Blank text blocks are refused. */
function encodeText(text: string, rest: object = {}): Block[] {
  return text.trim() === '' ? [] : [{ type: 'text', text, ...rest }];
}

/** Another family's proof means nothing here, and a thinking block without any is refused. */
function encodeReasoning({ text, signature, redacted }: ReasoningPart): Block[] {
  if (signature?.family !== 'anthropic' || signature.value === '') return [];
  const { value } = signature;
  return redacted
    ? [{ type: 'redacted_thinking', data: value }]
    : [{ type: 'thinking', thinking: text, signature: value }];
}

function encodeToolUse(part: ToolCallPart, { ids, notes }: Encoding): Block {
  const id = ids.forCall(part.id);
  if (id !== part.id) notes.repairs.add('rewrote ids of tool calls');
  const input: unknown =
    part.kind === 'custom' ? { input: part.arguments } : JSON.parse(objectText(part.arguments));
  return { type: 'tool_use', id, name: part.name, input, ...writeCacheMark(part.cache) };
}

function encodeToolResult(part: ToolResultPart, { ids }: Encoding): Block {
  const blocks = part.parts.flatMap((inner) =>
    inner.type === 'text' ? encodeText(inner.text) : [encodeMedia({ ...inner, cache: undefined })],
  );
  const [only] = blocks;
  const cache = part.cache ?? part.parts.findLast((inner) => inner.cache)?.cache;
  return {
    type: 'tool_result',
    tool_use_id: ids.forResult(part.callId),
    content: blocks.length === 1 && only?.type === 'text' ? only.text : blocks,
    ...(part.isError ? { is_error: true } : {}),
    ...writeCacheMark(cache),
  };
}

function encodePart(part: Part, role: 'user' | 'assistant', encoding: Encoding): Block[] {
  const { dropped } = encoding.notes;
  switch (part.type) {
    case 'text':
      return encodeText(part.text, writeCacheMark(part.cache));
    case 'refusal':
      return encodeText(part.text);
    case 'media':
      if (part.detail !== null && part.detail !== 'auto') dropped.add('detail');
      if (role === 'user') return [encodeMedia(part)];
      dropped.add(`${part.media} of the assistant`);
      return [];
    case 'toolResult':
      return [encodeToolResult(part, encoding)];
    case 'toolCall':
      return [encodeToolUse(part, encoding)];
    case 'reasoning':
      return role === 'assistant' ? encodeReasoning(part) : [];
  }
}

/** An assistant's message can't end with thinking, and has to say something. */
function withoutLastThoughts(content: readonly Block[]): readonly Block[] {
  const last = content.findLastIndex((block) => !isThinking(block));
  return content.slice(0, last + 1);
}

function encodeSystem(messages: readonly Message[], notes: Notes): Block[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (part.type === 'text') return encodeText(part.text, writeCacheMark(part.cache));
      notes.dropped.add(`${part.type === 'media' ? part.media : part.type} of the system`);
      return [];
    }),
  );
}

/** Neighbours of one role become one message; a message of which nothing is left goes. */
function encodeTurns(messages: readonly Message[], encoding: Encoding): WireMessage[] {
  const merged: WireMessage[] = [];
  for (const { role, parts, name } of messages) {
    if (role !== 'user' && role !== 'assistant') continue;
    if (name !== undefined && name !== '') encoding.notes.dropped.add('name');
    const content = parts.flatMap((part) => encodePart(part, role, encoding));
    const kept = role === 'assistant' ? withoutLastThoughts(content) : content;
    if (kept.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) merged[merged.length - 1] = { role, content: [...last.content, ...kept] };
    else merged.push({ role, content: kept });
  }
  return merged;
}

const say = (text: string): WireMessage => ({ role: 'user', content: [{ type: 'text', text }] });

/** White space at the end of a begun answer is refused. */
function trimEnd(message: WireMessage): WireMessage {
  const last = message.content.at(-1);
  if (last?.type !== 'text' || typeof last.text !== 'string') return message;
  return { ...message, content: [...message.content.slice(0, -1), { ...last, text: last.text.trimEnd() }] };
}

function framed(messages: readonly WireMessage[], { target, notes }: Encoding): WireMessage[] {
  const whole = [...messages];
  if (whole[0]?.role !== 'user') {
    notes.repairs.add('put a user message first');
    whole.unshift(say('Begin.'));
  }
  const last = whole.at(-1);
  if (last?.role !== 'assistant') return whole;
  if (target.prefill) return [...whole.slice(0, -1), trimEnd(last)];
  notes.repairs.add('put a user message last');
  return [...whole, say('Continue.')];
}

/** Throws CannotHoldError for media that Anthropic's models can't see. */
export function encodeMessages(turn: Turn, target: MessagesTarget, notes: Notes): EncodedMessages {
  const encoding: Encoding = { ids: createToolUseIds(), notes, target };
  const outside = turn.messages.filter(({ role }) => role === 'system' || role === 'developer');
  const paired = pairToolResults(encodeTurns(turn.messages, encoding), notes);
  return { system: encodeSystem(outside, notes), messages: framed(paired, encoding) };
}

/**
 * The last answer stands behind the last word of the user's own and lacks the thinking it must begin with where thinking is
 * switched on by a budget.
 */
export function lacksThinking(messages: readonly WireMessage[]): boolean {
  const at = messages.findLastIndex(({ role }) => role === 'assistant');
  const last = messages[at];
  const [first] = last?.content ?? [];
  if (!last || !first || isThinking(first)) return false;
  return at === messages.length - 1 || last.content.some(({ type }) => type === 'tool_use');
}
