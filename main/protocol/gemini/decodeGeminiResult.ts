import { createTurnCollector } from '../hub/collectTurn.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import type { JsonObject } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { asGeminiChunk, createGeminiChunkReader } from './geminiChunkReader.ts';
import { listOf } from './geminiFields.ts';

/** Throws ForeignEventError where the body is no answer of Gemini's, or says that the model failed. */
export function decodeGeminiResult(body: JsonObject, requestId: string): TurnResult {
  const chunk = asGeminiChunk(body);
  if (!chunk) throw new ForeignEventError("the answer is not Gemini's");
  const reader = createGeminiChunkReader(requestId);
  const events = [...reader.read(chunk), ...reader.end()];
  const failure = events.find((event) => event.type === 'error');
  if (failure) throw new ForeignEventError(failure.message);
  const told = events.some(({ type }) => type === 'finish');
  if (!told && listOf(chunk.candidates).length === 0)
    throw new ForeignEventError('the answer has no candidates');
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  const result = collector.result();
  const calls = result.parts.some(({ type }) => type === 'toolCall');
  return told || !calls ? result : { ...result, finish: 'toolCalls' };
}
