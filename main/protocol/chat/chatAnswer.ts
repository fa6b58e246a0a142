// Tells a whole JSON answer from an error or an empty shell in the clothes of a 200. Reads only what it must of large bodies.
import { JsonSyntaxError, readJson, readMembers, type Span } from '../../base/jsonMembers.ts';
import type { AnswerReading } from '../answerReading.ts';
import { describeForeignBody } from '../foreignBody.ts';
import { chatErrorMessage } from './chatError.ts';

const bad = (fault: string): AnswerReading => ({ fault, usage: null });

interface Choice {
  message?: {
    content?: unknown;
    refusal?: unknown;
    reasoning_content?: unknown;
    tool_calls?: unknown;
    audio?: unknown;
  };
  text?: unknown;
  finish_reason?: unknown;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** "stop" with nothing said: some relays answer so when their own upstream failed. */
function saysNothing(choice: Choice): boolean {
  const { message } = choice;
  const said = [
    message?.content,
    message?.refusal,
    message?.reasoning_content,
    message?.tool_calls,
    message?.audio,
    choice.text,
  ];
  return said.every(isEmpty) && (choice.finish_reason === 'stop' || isEmpty(choice.finish_reason));
}

function completionTokens(usage: unknown): number | null {
  const count = (usage as { completion_tokens?: unknown } | null)?.completion_tokens;
  return typeof count === 'number' ? count : null;
}

function chatFault(body: Buffer, choices: Span | undefined, usage: unknown): string | null {
  if (!choices) return 'the answer has no choices';
  if (completionTokens(usage)) return null;
  const list = readJson(body, choices);
  if (!Array.isArray(list) || list.length === 0) return 'the answer has no choices';
  return (list as Choice[]).every(saysNothing) ? 'the answer is empty' : null;
}

/** Reads a JSON answer of status 200. `chat`: it must hold choices that say something. */
export function readChatAnswer(body: Buffer, chat: boolean): AnswerReading {
  let members: Map<string, Span>;
  try {
    members = readMembers(body);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return bad(describeForeignBody(body));
    throw error;
  }
  const usageSpan = members.get('usage');
  const usage = usageSpan ? readJson(body, usageSpan) : null;
  const errorSpan = members.get('error');
  const error = errorSpan ? readJson(body, errorSpan) : null;
  if (error) return bad(chatErrorMessage(error));
  return { fault: chat ? chatFault(body, members.get('choices'), usage) : null, usage };
}
