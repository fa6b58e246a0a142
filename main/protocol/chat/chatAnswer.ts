// Tells a whole JSON answer from an error or an empty shell in the clothes of a 200. Reads only what it must of large bodies.
import type { AnswerReading } from '../answerReading.ts';
import { type AnswerMembers, badAnswer, readAnswer } from '../readAnswer.ts';
import { chatErrorMessage } from './chatError.ts';

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

function chatFault({ has, read }: AnswerMembers, usage: unknown): string | null {
  if (!has('choices')) return 'the answer has no choices';
  if (completionTokens(usage)) return null;
  const list = read('choices');
  if (!Array.isArray(list) || list.length === 0) return 'the answer has no choices';
  return (list as Choice[]).every(saysNothing) ? 'the answer is empty' : null;
}

/** Reads a JSON answer of status 200. `chat`: it must hold choices that say something. */
export function readChatAnswer(body: Buffer, chat: boolean): AnswerReading {
  return readAnswer(body, (members) => {
    const error = members.read('error');
    if (error) return badAnswer(chatErrorMessage(error));
    const usage = members.read('usage');
    return { fault: chat ? chatFault(members, usage) : null, usage };
  });
}
