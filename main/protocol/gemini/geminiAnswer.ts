// Tells a whole answer of Gemini's from an error or an empty shell in the clothes of a 200. Reads only what it must of large bodies.
import type { AnswerReading } from '../answerReading.ts';
import { errorMessageOf } from '../errorMessage.ts';
import { badAnswer, readAnswer } from '../readAnswer.ts';
import { listOf, membersOf } from './geminiFields.ts';
import { readBlockReason } from './geminiFinish.ts';
import { saysSomething } from './geminiTap.ts';

/** STOP with nothing said is how a relay looks whose own upstream failed; other finish reasons may well come alone. */
function saysNothing(value: unknown): boolean {
  const candidate = membersOf(value);
  const plain = candidate.finishReason === undefined || candidate.finishReason === 'STOP';
  return plain && !listOf(membersOf(candidate.content).parts).some(saysSomething);
}

function faultOf(candidates: unknown, promptFeedback: unknown): string | null {
  if (readBlockReason(promptFeedback) !== null) return null;
  const list = listOf(candidates);
  if (list.length === 0) return 'the answer has no candidates';
  return list.every(saysNothing) ? 'the answer is empty' : null;
}

export function readGeminiAnswer(body: Buffer): AnswerReading {
  return readAnswer(body, ({ has, read }) => {
    if (read('error')) return badAnswer(errorMessageOf(body, 200));
    const usage = read('usageMetadata');
    const counted = Number(membersOf(usage).candidatesTokenCount) > 0 && has('candidates');
    // What was counted was said: images need not be parsed to know it.
    return { fault: counted ? null : faultOf(read('candidates'), read('promptFeedback')), usage };
  });
}
