import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import { plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { FunctionTool, Message, Turn } from '../../../../main/protocol/hub/turn.ts';

/** A turn that asks for nothing, but for what is given. */
export const turnOf = (given: Partial<Turn> = {}): Turn =>
  plainTurn({
    model: 'm',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    ...given,
  });

export const functionTool = (name: string): FunctionTool => ({
  kind: 'function',
  name,
  description: null,
  schema: { type: 'object', properties: { a: { type: 'number' } } },
  strict: null,
});

/** An assistant that calls one tool, and what the tool answered. */
export function called(
  id: string,
  result: Extract<Message['parts'][number], { type: 'toolResult' }>['parts'],
) {
  const call = { type: 'toolCall', kind: 'function', id, name: 'look', arguments: '{"a":1}' } as const;
  const answer = { type: 'toolResult', callId: id, name: null, kind: 'function', parts: result } as const;
  return [
    { role: 'assistant', parts: [call] },
    { role: 'user', parts: [{ ...answer, isError: false }] },
  ] as const satisfies readonly Message[];
}

export function contextOf(given: Partial<AnswerContext> = {}): AnswerContext {
  return {
    requestId: 'req_abc',
    model: 'asked-model',
    created: 1_700_000_000,
    wantsUsage: true,
    turn: turnOf(),
    body: {},
    inputTokens: 7,
    ...given,
  };
}
