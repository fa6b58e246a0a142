import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import type { FunctionTool, Message, Turn } from '../../../../main/protocol/hub/turn.ts';

/** A turn that asks for nothing, but for what is given. */
export function turnOf(given: Partial<Turn> = {}): Turn {
  return {
    model: 'm',
    stream: false,
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    tools: [],
    toolChoice: null,
    parallelToolCalls: null,
    output: null,
    reasoning: null,
    sampling: {
      temperature: null,
      topP: null,
      topK: null,
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
      logprobs: null,
      topLogprobs: null,
      logitBias: null,
      candidates: null,
    },
    maxTokens: null,
    stop: [],
    user: null,
    cacheKey: null,
    verbosity: null,
    serviceTier: null,
    dropped: [],
    ...given,
  };
}

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
