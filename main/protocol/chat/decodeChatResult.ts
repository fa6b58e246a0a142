import { createTurnCollector } from '../hub/collectTurn.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import type { JsonObject } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { readChatFinish } from './chatFinish.ts';
import { createChatReader } from './chatReader.ts';

/** A whole completion -> the hub. Throws ForeignEventError where it is an error or no completion. */
export function decodeChatResult(body: JsonObject, requestId: string): TurnResult {
  const reader = createChatReader(requestId);
  const events = [...reader.read(body), ...reader.close()];
  const fault = events.find(({ type }) => type === 'error');
  if (fault?.type === 'error') throw new ForeignEventError(fault.message);
  if (!Array.isArray(body.choices) || body.choices.length === 0)
    throw new ForeignEventError('the answer has no choices');
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  const result = collector.result();
  if (reader.finished) return result;
  const called = result.parts.some(({ type }) => type === 'toolCall');
  return { ...result, finish: readChatFinish('', called) };
}
