// Tells a whole response from an error or an empty shell in the clothes of a 200.
import type { AnswerReading } from '../answerReading.ts';
import type { Fields } from '../hub/reader.ts';
import { readAnswer } from '../readAnswer.ts';
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
  return readAnswer(body, ({ read }) => {
    const response: Fields = {
      error: read('error'),
      status: read('status'),
      output: read('output'),
      usage: read('usage'),
    };
    const fault = responsesFault(response) ?? (saysNothing(response) ? 'the answer is empty' : null);
    return { fault, usage: fault === null ? response.usage : null };
  });
}
