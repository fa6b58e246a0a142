// How each dialect says, in the middle of a stream, that it can't go on.
import { namedEvent } from './answer.ts';
import { anthropicError, geminiError } from './statusError.ts';

export type DialectName = 'chat' | 'responses' | 'messages' | 'gemini';

const failed = {
  object: 'response',
  created_at: 1_760_000_000,
  status: 'failed',
  error: { code: 'server_error', message: 'The server had an error.' },
  incomplete_details: null,
  model: 'fake',
  output: [],
  usage: null,
};

/** `at` counts the events before it; `id` is the answer's own, for dialects that repeat it. */
export const inStreamError: Record<DialectName, (at: number, id?: string) => string> = {
  chat: () => 'data: {"error":{"message":"The server had an error.","type":"server_error","code":null}}',
  responses: (at, id = 'resp_fake_failed') =>
    namedEvent({ type: 'response.failed', response: { id, ...failed }, sequence_number: at }),
  messages: () => namedEvent(anthropicError(529, 'Overloaded')),
  gemini: () =>
    `data: ${JSON.stringify(geminiError(503, 'The model is overloaded. Please try again later.'))}`,
};
