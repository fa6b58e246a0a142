// The hub's messages -> `messages` as most OpenAI-compatible servers take them: plain text where there is but text, tool results
// right behind their calls, and media where servers look for them, in user messages.

import { failedWords } from '../hub/failedWords.ts';
import { shortName } from '../hub/shortName.ts';
import { toolNames } from '../hub/toolNames.ts';
import type { MediaPart, Message, Part, TextPart, ToolCallPart, ToolResultPart, Turn } from '../hub/turn.ts';
import type { ChatCall, ChatContent, ChatMessage, ChatPart } from './chatWire.ts';
import { encodeChatMedia } from './encodeChatMedia.ts';
import { withThoughts } from './thinkTags.ts';

export interface MessageRules {
  /**
   * The server knows OpenAI's fields alone, and so takes no reasoning of earlier turns. Others are sent it: thinking models of
   * DeepSeek and Kimi refuse tool results without it.
   */
  readonly strict: boolean;
  /** Where it looks for that reasoning, and answers with its own: between tags in the text. */
  readonly thinksInText: boolean;
}

/** OpenAI's limit for the id of a call. */
const idLength = 40;
const callId = (id: string): string => shortName(id, idLength, 'call_');

function encodePart(part: Part): ChatPart[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  return part.type === 'media' ? [encodeChatMedia(part)] : [];
}

/** Plain text where there is nothing else. */
function contentOf(parts: readonly ChatPart[], separator: string): ChatContent {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join(separator) : parts;
}

/** Pieces of text that follow each other are one text; what other parts stand between is a paragraph of its own. */
function spokenText(parts: readonly Part[], strict: boolean): string {
  let text = '';
  let last = -1;
  for (const [at, part] of parts.entries()) {
    const said = part.type === 'text' || (part.type === 'refusal' && !strict) ? part.text : '';
    if (said === '') continue;
    text += text !== '' && last !== at - 1 ? `\n\n${said}` : said;
    last = at;
  }
  return text;
}

function encodeCall(call: ToolCallPart, strict: boolean): ChatCall {
  const { id, name, signature } = call;
  const json = call.arguments.trim() === '' ? '{}' : call.arguments;
  return {
    id: callId(id),
    type: 'function',
    function: { name, arguments: json },
    ...(signature?.family === 'gemini' && !strict
      ? { extra_content: { google: { thought_signature: signature.value } } }
      : {}),
  };
}

function encodeAssistant(parts: readonly Part[], name: string | undefined, rules: MessageRules): ChatMessage {
  const calls = parts.flatMap((part) => (part.type === 'toolCall' ? [encodeCall(part, rules.strict)] : []));
  const thoughts = parts.flatMap((part) =>
    part.type === 'reasoning' && part.text !== '' ? [part.text] : [],
  );
  const refusals = parts.flatMap((part) => (part.type === 'refusal' ? [part.text] : []));
  const { strict, thinksInText } = rules;
  const said = spokenText(parts, strict);
  const text = thinksInText ? withThoughts(thoughts.join('\n\n'), said) : said;
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(name ? { name } : {}),
    ...(refusals.length > 0 && strict ? { refusal: refusals.join('') } : {}),
    ...(thoughts.length > 0 && !strict && !thinksInText ? { reasoning_content: thoughts.join('\n\n') } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function encodeResult(result: ToolResultPart): ChatMessage {
  const texts = result.parts.filter((part): part is TextPart => part.type === 'text');
  let content = texts.map(({ text }) => text).join('\n\n');
  if (content === '' && texts.length < result.parts.length) content = 'See the next message.';
  if (result.isError) content = failedWords(content);
  return { role: 'tool', tool_call_id: callId(result.callId), content };
}

const mediaOf = (parts: readonly Part[]): MediaPart[] => parts.filter((part) => part.type === 'media');

function labelled(label: string, media: readonly MediaPart[]): ChatPart[] {
  return media.length === 0 ? [] : [{ type: 'text', text: label }, ...media.map(encodeChatMedia)];
}

/** Some dialects tell each call in a message of its own; in chat all calls of one answer stand in one. */
function belongTogether(before: Message, next: Message): boolean {
  if (before.role !== next.role) return false;
  if (next.role === 'user') return true;
  if (next.role !== 'assistant') return false;
  return (
    [before, next].some(({ parts }) => parts.some(({ type }) => type === 'toolCall')) ||
    before.parts.every(({ type }) => type === 'reasoning')
  );
}

function groupsOf(messages: readonly Message[]): Message[][] {
  const groups: Message[][] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && belongTogether(before, message)) group.push(message);
    else groups.push([message]);
  }
  return groups;
}

/** Throws CannotHoldError where a part of a message can't be sent. */
export function encodeChatMessages(turn: Turn, rules: MessageRules): ChatMessage[] {
  const names = toolNames(turn);
  const encoded: ChatMessage[] = [];
  /** Media that go with the next user message, as no other may hold them. */
  let moved: ChatPart[] = [];

  function sayMoved(): void {
    if (moved.length > 0) encoded.push({ role: 'user', content: moved });
    moved = [];
  }

  function sayUser(group: readonly Message[]): void {
    const results = group.flatMap(({ parts }) => parts.filter((part) => part.type === 'toolResult'));
    for (const result of results) {
      encoded.push(encodeResult(result));
      const name = result.name ?? names.get(result.callId) ?? result.callId;
      moved.push(...labelled(`From the result of ${name}:`, mediaOf(result.parts)));
    }
    for (const { parts, name } of group) {
      const said = parts.filter((part) => part.type !== 'toolResult');
      if (said.length === 0 && parts.length > 0) continue;
      const content = contentOf([...moved, ...said.flatMap(encodePart)], '\n\n');
      moved = [];
      encoded.push({ role: 'user', content, ...(name ? { name } : {}) });
    }
    sayMoved();
  }

  for (const group of groupsOf(turn.messages)) {
    const [first] = group;
    if (!first) continue;
    if (first.role === 'user') {
      sayUser(group);
      continue;
    }
    sayMoved();
    const parts = group.flatMap((message) => message.parts);
    if (first.role === 'assistant') {
      encoded.push(encodeAssistant(parts, first.name, rules));
      moved.push(...labelled("From the assistant's answer:", mediaOf(parts)));
      continue;
    }
    if (parts.length === 0) continue;
    const content = contentOf(parts.flatMap(encodePart), '\n\n');
    encoded.push({ role: first.role, content, ...(first.name ? { name: first.name } : {}) });
  }
  sayMoved();
  return encoded;
}
