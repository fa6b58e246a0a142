import { JsonSyntaxError, readJson, readMembers } from '../base/jsonMembers.ts';
import type { AnswerReading } from './answerReading.ts';
import { describeForeignBody } from './foreignBody.ts';

export const badAnswer = (fault: string): AnswerReading => ({ fault, usage: null });

/** The members of a whole answer, each parsed only when asked for: of a large body most never are. */
export interface AnswerMembers {
  has(name: string): boolean;
  /** Null where there is none. */
  read(name: string): unknown;
}

/** Has a JSON answer judged by its members; any other body is named by its first words. */
export function readAnswer(body: Buffer, judge: (members: AnswerMembers) => AnswerReading): AnswerReading {
  try {
    const spans = readMembers(body);
    return judge({
      has: (name) => spans.has(name),
      read(name) {
        const span = spans.get(name);
        return span ? readJson(body, span) : null;
      },
    });
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof SyntaxError)
      return badAnswer(describeForeignBody(body));
    throw error;
  }
}
