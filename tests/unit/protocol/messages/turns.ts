// Turns and contexts as the tests need them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnswerContext, EncodedRequest } from '../../../../main/protocol/dialect.ts';
import { plainSampling, plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { Message, Part, Sampling, Turn } from '../../../../main/protocol/hub/turn.ts';
import { messagesDialect } from '../../../../main/protocol/messages/messagesDialect.ts';

export const says = (role: Message['role'], text: string): Message => ({
  role,
  parts: [{ type: 'text', text }],
});

export const holds = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts });

export function aTurn(
  changes: Partial<Omit<Turn, 'sampling'>> & { sampling?: Partial<Sampling> } = {},
): Turn {
  return plainTurn({
    model: 'asked-for',
    messages: [says('user', 'Hello')],
    ...changes,
    sampling: { ...plainSampling, ...changes.sampling },
  });
}

export function encode(turn: Turn, model = 'claude-sonnet-4-5'): EncodedRequest {
  return messagesDialect.encodeRequest(turn, { model });
}

export const aContext = (changes: Partial<AnswerContext> = {}): AnswerContext => ({
  requestId: 'req_abc',
  model: 'asked-for',
  created: 1_700_000_000,
  wantsUsage: false,
  turn: aTurn(),
  body: {},
  inputTokens: 11,
  ...changes,
});

export const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/messages', name), 'utf8');
