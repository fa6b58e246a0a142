import { hash } from 'node:crypto';

/** OpenAI takes ids of calls up to this length. */
const longest = 64;

/** The same id in a form that is accepted: the same for the call and its result, in every request. */
export function callId(id: string): string {
  return id.length <= longest ? id : `call_${hash('sha256', id).slice(0, 40)}`;
}
