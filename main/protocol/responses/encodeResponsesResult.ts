import type { AnswerContext } from '../dialect.ts';
import { guessUsage } from '../hub/guessUsage.ts';
import { replayTurn } from '../hub/replayTurn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { createOutputWriter } from './output/outputWriter.ts';
import { responseObject } from './responseObject.ts';

/** A whole answer is what its stream would have ended with. */
export function encodeResponsesResult(result: TurnResult, context: AnswerContext): Record<string, unknown> {
  const { finish } = result;
  const writer = createOutputWriter(context, () => undefined);
  for (const event of replayTurn(result)) writer.push(event);
  writer.close(finish === 'stop' || finish === 'toolCalls' ? 'completed' : 'incomplete');
  const usage = result.usage ?? guessUsage(context.inputTokens, writer.written);
  return responseObject(context, { status: 'ended', finish, usage }, writer.output());
}
