// The hub's messages -> the turns of a conversation that knows but two speakers and text.
import { toolNames } from '../hub/toolNames.ts';
import type { Message, Part, ToolResultPart, Turn } from '../hub/turn.ts';
import { conversationTurns } from './conversationTurns.ts';
import { inlineDocument } from './ondemandMedia.ts';
import type { OndemandTurn } from './ondemandRequest.ts';
import { writeResult } from './promptToolsText.ts';

export interface EncodedConversation {
  readonly system: readonly string[];
  readonly turns: readonly OndemandTurn[];
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';

const paragraphs = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n\n');

/** Texts of two messages are two paragraphs; within a message they are one text. */
function joinAnswers(messages: readonly Message[]): Part[] {
  return messages.flatMap(({ parts }, at) => {
    const [first] = parts;
    const before = messages[at - 1]?.parts.at(-1);
    const meet = before?.type === 'text' && first?.type === 'text';
    return meet ? [{ type: 'text', text: '\n\n' } as const, ...parts] : parts;
  });
}

function groupsOf(messages: readonly Message[]): Message[][] {
  const groups: Message[][] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    if (group?.[0]?.role === message.role) group.push(message);
    else groups.push([message]);
  }
  return groups;
}

/** Throws CannotHoldError where a message holds what is no text. */
export function encodeConversation(turn: Turn): EncodedConversation {
  const dropped = new Set<string>();
  const repairs: string[] = [];
  const names = toolNames(turn);
  /** Which call of its answer a call was, by its id, where there were several. */
  const numbers = new Map<string, number>();
  const turns: OndemandTurn[] = [];

  function sayResult({ callId, name, parts, isError }: ToolResultPart): string {
    const call = { name: name ?? names.get(callId) ?? callId, number: numbers.get(callId) ?? null, isError };
    return writeResult(call, paragraphs(parts.map(saySent)));
  }

  /** What a user or a system message says. */
  function saySent(part: Part): string {
    if (part.type === 'text') return part.text;
    if (part.type === 'toolResult') return sayResult(part);
    return part.type === 'media' ? inlineDocument(part) : '';
  }

  function sayAnswer(messages: readonly Message[]): string {
    const parts = joinAnswers(messages);
    const calls = parts.filter((part) => part.type === 'toolCall');
    if (calls.length > 1) for (const [at, { id }] of calls.entries()) numbers.set(id, at + 1);
    for (const part of parts) if (part.type === 'media') dropped.add(`${part.media} of the assistant`);
    return conversationTurns(parts);
  }

  function add(role: OndemandTurn['role'], text: string): void {
    const last = turns.at(-1);
    if (text.trim() === '') return;
    if (last?.role === role) turns[turns.length - 1] = { role, text: `${last.text}\n\n${text}` };
    else turns.push({ role, text });
  }

  if (turn.messages.some(({ name }) => name !== undefined && name !== '')) dropped.add('name');
  for (const group of groupsOf(turn.messages.filter((message) => !isSystem(message)))) {
    if (group[0]?.role === 'assistant') add('assistant', sayAnswer(group));
    else add('user', paragraphs(group.flatMap(({ parts }) => parts.map(saySent))));
  }
  if (turns.at(-1)?.role !== 'user') {
    repairs.push('put a user message last');
    add('user', turns.length === 0 ? 'Begin.' : 'Continue.');
  }
  const system = turn.messages.filter(isSystem).map(({ parts }) => paragraphs(parts.map(saySent)));
  return { system: system.filter((text) => text !== ''), turns, dropped: [...dropped], repairs };
}
