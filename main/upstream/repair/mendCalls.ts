// Brings tool calls and their results to the form that Mistral insists on. What was called and what came of it stays.
import { hash } from 'node:crypto';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';

const taken = /^[a-zA-Z0-9]{9}$/;

/** The same id is always spelled the same: a result finds its call, and a cache its history. */
const nineLetters = (id: unknown): unknown =>
  typeof id !== 'string' || taken.test(id) ? id : hash('sha1', id, 'hex').slice(0, 9);

function withShortIds(message: unknown): unknown {
  if (!isFields(message)) return message;
  const calls: unknown = message.tool_calls;
  const [id, ids] = [message.tool_call_id, Array.isArray(calls) ? calls.filter(isFields) : []];
  if (nineLetters(id) === id && ids.every((call) => nineLetters(call.id) === call.id)) return message;
  const shorten = (call: unknown): unknown => (isFields(call) ? { ...call, id: nineLetters(call.id) } : call);
  return {
    ...message,
    ...(id === undefined ? {} : { tool_call_id: nineLetters(id) }),
    ...(Array.isArray(calls) ? { tool_calls: calls.map(shorten) } : {}),
  };
}

export function shortenCallIds(draft: BodyDraft): void {
  const messages = draft.read('messages');
  if (!Array.isArray(messages)) return;
  const short = messages.map(withShortIds);
  if (short.every((message, at) => message === messages[at])) return;
  draft.set('messages', short);
  draft.note('rewrote ids of tool calls');
}

const roleOf = (message: unknown): unknown => (isFields(message) ? message.role : undefined);
/** An answer has to say something. */
const bridge: Fields = { role: 'assistant', content: 'Understood.' };

export function answerResults(draft: BodyDraft): void {
  const messages = draft.read('messages');
  if (!Array.isArray(messages)) return;
  const bridged = messages.flatMap((message: unknown, at) => {
    const follows = roleOf(messages[at - 1]) === 'tool' && roleOf(message) === 'user';
    return follows ? [bridge, message] : [message];
  });
  if (bridged.length === messages.length) return;
  draft.set('messages', bridged);
  draft.note('put an answer between tool results and the user');
}
