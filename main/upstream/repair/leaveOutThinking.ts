// Leaves out what a model thought in earlier turns, where its proofs are of another maker or have gone stale.
import type { WireName } from '../../protocol/dialect.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';

const words = 'left out earlier thinking';

/** Maps the items of a list member; an item mapped to null goes. Says whether anything changed. */
function mapItems(draft: BodyDraft, member: string, change: (item: Fields) => Fields | null): boolean {
  const list = draft.read(member);
  if (!Array.isArray(list)) return false;
  const left = list.map((item: unknown) => (isFields(item) ? change(item) : item));
  if (left.every((item, at) => item === list[at])) return false;
  draft.set(
    member,
    left.filter((item) => item !== null),
  );
  return true;
}

const isThinking = (block: unknown): boolean =>
  isFields(block) && (block.type === 'thinking' || block.type === 'redacted_thinking');

const holdsToolUse = (message: unknown): boolean =>
  isFields(message) &&
  Array.isArray(message.content) &&
  message.content.some((block) => isFields(block) && block.type === 'tool_use');

/** The last answer calls tools, or is to be continued. */
function goesOn(messages: readonly unknown[]): boolean {
  const at = messages.findLastIndex((message) => isFields(message) && message.role === 'assistant');
  return at >= 0 && (at === messages.length - 1 || holdsToolUse(messages[at]));
}

/** With `enabled` thinking an answer that goes on must begin with its thinking block, which is now gone. */
function switchOffThinking(draft: BodyDraft): void {
  const thinking = draft.read('thinking');
  const messages = draft.read('messages');
  if (!isFields(thinking) || thinking.type !== 'enabled' || !Array.isArray(messages)) return;
  if (!goesOn(messages)) return;
  draft.drop('thinking');
  draft.note('switched off thinking');
  const management = draft.read('context_management');
  if (!isFields(management) || !Array.isArray(management.edits)) return;
  // Clearing thinking is refused where there is none.
  const edits = management.edits.filter(
    (edit) => !(isFields(edit) && String(edit.type).startsWith('clear_thinking')),
  );
  if (edits.length === management.edits.length) return;
  if (edits.length > 0) draft.set('context_management', { ...management, edits });
  else draft.drop('context_management');
}

function inMessages(draft: BodyDraft): boolean {
  const changed = mapItems(draft, 'messages', (message) => {
    if (message.role !== 'assistant' || !Array.isArray(message.content)) return message;
    const content = message.content.filter((block) => !isThinking(block));
    if (content.length === message.content.length) return message;
    return content.length > 0 ? { ...message, content } : null;
  });
  // A repair that left nothing out can still be asked for: "Expected `thinking`, but found `tool_use`".
  switchOffThinking(draft);
  return changed;
}

/** What a chat message holds its thoughts in: each maker has another name for it. */
export const chatThoughts: readonly string[] = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'thinking_blocks',
];

const inChat = (draft: BodyDraft): boolean =>
  mapItems(draft, 'messages', (message) => {
    if (!chatThoughts.some((name) => name in message)) return message;
    return Object.fromEntries(Object.entries(message).filter(([name]) => !chatThoughts.includes(name)));
  });

/** Items that name themselves are looked for beside their reasoning, so their ids go too. */
const inResponses = (draft: BodyDraft): boolean =>
  mapItems(draft, 'input', (item) => {
    if (item.type === 'reasoning') return null;
    if (typeof item.id !== 'string' || item.type === 'item_reference') return item;
    const { id: _, ...rest } = item;
    return rest;
  });

/** What Gemini takes in place of a proof that was lost: ai.google.dev, "Thought signatures". */
const noProof = 'skip_thought_signature_validator';

function unsigned(part: unknown): unknown {
  if (!isFields(part)) return part;
  const { thoughtSignature: _, thought_signature: __, ...rest } = part;
  return rest;
}

/** Of a text that only carried a proof nothing is left. */
const isEmpty = (part: unknown): boolean =>
  isFields(part) && part.text === '' && Object.keys(part).length === 1;

const isCall = (part: unknown): boolean =>
  isFields(part) && (part.functionCall !== undefined || part.function_call !== undefined);

const concernsThinking = (part: unknown): boolean =>
  isCall(part) ||
  (isFields(part) && (part.thought === true || 'thoughtSignature' in part || 'thought_signature' in part));

const inGemini = (draft: BodyDraft): boolean =>
  mapItems(draft, 'contents', (content) => {
    if (content.role !== 'model' || !Array.isArray(content.parts)) return content;
    if (!content.parts.some(concernsThinking)) return content;
    const parts = content.parts
      .filter((part) => !(isFields(part) && part.thought === true))
      .map(unsigned)
      .filter((part) => !isEmpty(part));
    const call = parts.findIndex(isCall);
    if (call >= 0) parts[call] = { ...(parts[call] as Fields), thoughtSignature: noProof };
    if (JSON.stringify(parts) === JSON.stringify(content.parts)) return content;
    return parts.length > 0 ? { ...content, parts } : null;
  });

const byDialect: Readonly<Record<WireName, (draft: BodyDraft) => boolean>> = {
  chat: inChat,
  responses: inResponses,
  messages: inMessages,
  gemini: inGemini,
  // It is never sent any.
  ondemand: () => false,
};

export function leaveOutThinking(draft: BodyDraft, dialect: WireName): void {
  if (byDialect[dialect](draft)) draft.note(words);
}
