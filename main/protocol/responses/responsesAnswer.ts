// Tells a whole response from an error or an empty shell in the clothes of a 200.
import { JsonSyntaxError, readJson, readMembers } from '../../base/jsonMembers.ts';
import type { AnswerReading } from '../answerReading.ts';
import { describeForeignBody } from '../foreignBody.ts';
import type { Fields } from '../hub/reader.ts';
import { responsesFault } from './responsesFault.ts';
import { readResponsesUsage } from './responsesUsage.ts';

/** Relays whose own upstream failed answer "completed" with nothing in it; what was cut short, or thought about, did answer. */
function saysNothing(response: Fields): boolean {
  const { output, status, usage } = response;
  const empty = Array.isArray(output) && output.length === 0;
  return empty && status !== 'incomplete' && !readResponsesUsage(usage)?.outputTokens;
}

/** Reads a JSON answer of status 200; of a large body only the members that matter. */
export function readResponsesAnswer(body: Buffer): AnswerReading {
  try {
    const members = readMembers(body);
    const response: Record<string, unknown> = {};
    for (const name of ['error', 'status', 'output', 'usage']) {
      const span = members.get(name);
      if (span) response[name] = readJson(body, span);
    }
    const fault = responsesFault(response) ?? (saysNothing(response) ? 'the answer is empty' : null);
    return { fault, usage: fault === null ? (response.usage ?? null) : null };
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof SyntaxError)
      return { fault: describeForeignBody(body), usage: null };
    throw error;
  }
}
