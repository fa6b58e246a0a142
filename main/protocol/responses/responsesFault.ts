import { type Fields, isFields } from '../hub/reader.ts';

/** What an error member says; gateways in between put plain words or objects of their own there. */
export function responsesErrorMessage(error: unknown): string {
  if (typeof error === 'string') return error;
  if (isFields(error) && typeof error.message === 'string') return error.message;
  return (JSON.stringify(error) ?? 'unknown').slice(0, 300);
}

/** Why a whole response is no answer, or null where it is one. An empty `output` may be an answer: see `readResponsesAnswer`. */
export function responsesFault(response: Fields): string | null {
  if (response.error) return responsesErrorMessage(response.error);
  if (response.status === 'failed' || response.status === 'cancelled')
    return `the response is ${response.status}`;
  return Array.isArray(response.output) ? null : 'the answer has no output';
}
