// Changes a chat request that was written for any server into one that this server is known to accept, and says what it changed.
import type { ChatContent, ChatMessage, ChatPart } from './chatWire.ts';

const partsOf = (content: ChatContent): readonly ChatPart[] =>
  typeof content === 'string' ? (content === '' ? [] : [{ type: 'text', text: content }]) : content;

function joinContent(before: ChatContent | null, next: ChatContent | null): ChatContent | null {
  if (before === null || before === '') return next ?? before;
  if (next === null || next === '') return before;
  if (typeof before === 'string' && typeof next === 'string') return `${before}\n\n${next}`;
  return [...partsOf(before), ...partsOf(next)];
}

function joinMessages(before: ChatMessage, next: ChatMessage): ChatMessage {
  const calls = [...(before.tool_calls ?? []), ...(next.tool_calls ?? [])];
  const thoughts = [before.reasoning_content, next.reasoning_content].filter(Boolean).join('\n\n');
  return {
    ...before,
    ...next,
    content: joinContent(before.content, next.content),
    ...(thoughts === '' ? {} : { reasoning_content: thoughts }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

/** Templates that want roles to alternate take system text at the beginning alone. */
function lateSystemAsUser(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const first = messages.findIndex(({ role }) => role !== 'system');
  return messages.map((message, at) =>
    message.role === 'system' && first >= 0 && at > first ? { ...message, role: 'user' } : message,
  );
}

function mergeRoles(messages: readonly ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of messages) {
    const before = merged.at(-1);
    if (before && before.role === message.role && message.role !== 'tool')
      merged[merged.length - 1] = joinMessages(before, message);
    else merged.push(message);
  }
  return merged;
}

/** The body's own messages, changed by the quirks of roles; each change that took place is named. */
export function repairChatMessages(
  messages: readonly ChatMessage[],
  quirks: ReadonlySet<string>,
): { messages: readonly ChatMessage[]; repairs: string[] } {
  const repairs: string[] = [];
  let repaired = messages;

  function rename(from: ChatMessage['role'], to: ChatMessage['role']): void {
    if (!repaired.some(({ role }) => role === from)) return;
    repaired = repaired.map((message) => (message.role === from ? { ...message, role: to } : message));
    repairs.push(`sent ${from} messages as ${to}`);
  }

  const refusesSystem = quirks.has('no-system-role');
  if (refusesSystem) rename('system', 'user');
  if (refusesSystem || quirks.has('no-developer-role'))
    rename('developer', refusesSystem ? 'user' : 'system');
  // What refuses the system role refuses two user messages in a row as well, as a rule.
  if (refusesSystem || quirks.has('merge-roles')) {
    const early = lateSystemAsUser(repaired);
    if (early.some((message, at) => message !== repaired[at]))
      repairs.push('sent later system messages as user');
    const merged = mergeRoles(early);
    if (merged.length < early.length) repairs.push('merged neighbouring messages of one role');
    repaired = merged;
  }
  return { messages: repaired, repairs };
}

/** The body without the options this server refuses. What a request can't be without stays. */
export function dropRefused(
  body: Readonly<Record<string, unknown>>,
  quirks: ReadonlySet<string>,
): { body: Record<string, unknown>; repairs: string[] } {
  const refused = [...quirks].flatMap((quirk) =>
    quirk.startsWith('drop:') ? [quirk.slice('drop:'.length)] : [],
  );
  if (quirks.has('no-stream-options')) refused.push('stream_options');
  const needed = new Set(['model', 'messages', 'stream']);
  const left = refused.filter((name) => Object.hasOwn(body, name) && !needed.has(name));
  return {
    body: Object.fromEntries(Object.entries(body).filter(([name]) => !left.includes(name))),
    repairs: left.map((name) => `left out ${name}`),
  };
}
