// Tells a whole answer of Anthropic's from an error or an empty shell in the clothes of a 200.
import { JsonSyntaxError, readJson, readMembers, readString, type Span } from '../../base/jsonMembers.ts';
import type { AnswerReading } from '../answerReading.ts';
import { describeForeignBody } from '../foreignBody.ts';
import { isFields } from '../hub/reader.ts';
import { mergeUsage } from './messagesUsage.ts';

const bad = (fault: string): AnswerReading => ({ fault, usage: null });

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
  let members: Map<string, Span>;
  try {
    members = readMembers(body);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return bad(describeForeignBody(body));
    throw error;
  }
  const memberOf = (name: string): unknown => {
    const span = members.get(name);
    return span ? readJson(body, span) : null;
  };
  const error = memberOf('error');
  if (error || readString(body, members.get('type')) === 'error')
    return bad(faultOf(error ?? body.toString('utf8')));
  const usage = mergeUsage(null, memberOf('usage'));
  const content = memberOf('content');
  if (!Array.isArray(content)) return bad('the answer has no content');
  const reason = readString(body, members.get('stop_reason'));
  const silent = reason === 'end_turn' || reason === null;
  const empty = silent && content.every(saysNothing) && !usage?.output_tokens;
  return { fault: empty ? 'the answer is empty' : null, usage };
}
