// Brings the roles of a conversation to what an upstream's template takes. The words and their order stay.
import type { WireName } from '../../protocol/dialect.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { Quirk } from '../quirk.ts';
import type { BodyDraft } from './bodyDraft.ts';
import { chatThoughts } from './leaveOutThinking.ts';

const isBlank = (content: unknown): boolean => content === undefined || content === null || content === '';

const partsOf = (content: unknown): readonly unknown[] =>
  Array.isArray(content) ? content : [{ type: 'text', text: content }];

function joined(a: unknown, b: unknown): unknown {
  if (isBlank(a)) return b;
  if (isBlank(b)) return a;
  return typeof a === 'string' && typeof b === 'string' ? `${a}\n\n${b}` : [...partsOf(a), ...partsOf(b)];
}

/** Everything in which a message says something. */
const wordy = ['content', 'refusal', ...chatThoughts];

const joinedMessages = (a: Fields, b: Fields): Fields => ({
  ...a,
  ...b,
  ...Object.fromEntries(
    wordy.filter((name) => name in a && name in b).map((name) => [name, joined(a[name], b[name])]),
  ),
});

const mergeable = new Set<unknown>(['system', 'developer', 'user', 'assistant']);

/** Results of tools answer a call each and stay apart, and so does what follows a call. */
function belongTogether(a: unknown, b: unknown): boolean {
  return isFields(a) && isFields(b) && a.role === b.role && mergeable.has(a.role) && !a.tool_calls;
}

function merged(messages: readonly unknown[]): unknown[] {
  const kept: unknown[] = [];
  for (const message of messages) {
    const last = kept.at(-1);
    if (belongTogether(last, message)) {
      kept[kept.length - 1] = joinedMessages(last as Fields, message as Fields);
    } else kept.push(message);
  }
  return kept;
}

const withRole = (messages: readonly unknown[], from: string, to: string): unknown[] =>
  messages.map((message) =>
    isFields(message) && message.role === from ? { ...message, role: to } : message,
  );

const roleAt = (messages: readonly unknown[], role: string): boolean =>
  messages.some((message) => isFields(message) && message.role === role);

/** Templates that want roles to alternate take system text at the beginning alone. */
function lateSystemAsUser(messages: readonly unknown[]): unknown[] {
  const first = messages.findIndex((message) => isFields(message) && message.role !== 'system');
  return first < 0
    ? [...messages]
    : [...messages.slice(0, first), ...withRole(messages.slice(first), 'system', 'user')];
}

function mendList(draft: BodyDraft, member: 'messages' | 'input', quirks: ReadonlySet<Quirk>): void {
  const found = draft.read(member);
  if (!Array.isArray(found)) return;
  let list: unknown[] = found;
  const refusesSystem = quirks.has('no-system-role');
  const notes: string[] = [];
  if ((refusesSystem || quirks.has('no-developer-role')) && roleAt(list, 'developer')) {
    const role = refusesSystem ? 'user' : 'system';
    list = withRole(list, 'developer', role);
    notes.push(`sent developer messages as ${role}`);
  }
  if (refusesSystem && roleAt(list, 'system')) {
    list = withRole(list, 'system', 'user');
    notes.push('sent system messages as user');
  }
  // What refuses the system role refuses two user messages in a row as well, as a rule.
  if (member === 'messages' && (quirks.has('merge-roles') || refusesSystem)) {
    const early = lateSystemAsUser(list);
    const alternating = merged(early);
    if (early.some((message, at) => message !== list[at])) notes.push('sent later system messages as user');
    if (alternating.length < early.length) notes.push('merged neighbouring messages of one role');
    list = alternating;
  }
  if (notes.length === 0) return;
  draft.set(member, list);
  notes.forEach(draft.note);
}

/** Gemma behind the Gemini API takes no system instruction: it goes before the first words of the user. */
function instructionAsUser(draft: BodyDraft): void {
  const name = ['systemInstruction', 'system_instruction'].find((spelling) => draft.has(spelling));
  const contents = draft.read('contents');
  if (name === undefined || !Array.isArray(contents)) return;
  const instruction = draft.read(name);
  const parts = isFields(instruction) && Array.isArray(instruction.parts) ? instruction.parts : [];
  const [first, ...rest] = contents;
  const joins = isFields(first) && first.role !== 'model' && Array.isArray(first.parts);
  const begin = joins
    ? { ...first, parts: [...parts, ...(first.parts as unknown[])] }
    : { role: 'user', parts };
  draft.drop(name);
  draft.set('contents', joins ? [begin, ...rest] : [begin, ...contents]);
  draft.note('sent system messages as user');
}

export function mendRoles(draft: BodyDraft, dialect: WireName, quirks: ReadonlySet<Quirk>): void {
  if (dialect === 'gemini') {
    if (quirks.has('no-system-role')) instructionAsUser(draft);
  } else mendList(draft, dialect === 'responses' ? 'input' : 'messages', quirks);
}
