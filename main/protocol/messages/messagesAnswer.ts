// Tells a whole answer of Anthropic's from an error or an empty shell in the clothes of a 200.
import type { AnswerReading } from '../answerReading.ts';
import { isFields } from '../hub/reader.ts';
import { badAnswer, readAnswer } from '../readAnswer.ts';
import { mergeUsage } from './messagesUsage.ts';

/** The words of an `error` member, whatever its shape. */
export function faultOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = isFields(error) ? error.message : null;
  return typeof message === 'string' ? message : (JSON.stringify(error) ?? 'an error').slice(0, 300);
}

function saysNothing(block: unknown): boolean {
  if (!isFields(block)) return true;
  if (block.type === 'text') return block.text === '' || typeof block.text !== 'string';
  return block.type === 'thinking' && !block.thinking && !block.signature;
}

/** Reads a JSON answer of status 200: it must be a message that says something, or a reason why not. */
export function readMessagesAnswer(body: Buffer): AnswerReading {
  return readAnswer(body, ({ read }) => {
    const error = read('error');
    if (error || read('type') === 'error') return badAnswer(faultOf(error ?? body.toString('utf8')));
    const usage = mergeUsage(null, read('usage'));
    const content = read('content');
    if (!Array.isArray(content)) return badAnswer('the answer has no content');
    const reason = read('stop_reason');
    const silent = reason === 'end_turn' || typeof reason !== 'string';
    const empty = silent && content.every(saysNothing) && !usage?.output_tokens;
    return { fault: empty ? 'the answer is empty' : null, usage };
  });
}
