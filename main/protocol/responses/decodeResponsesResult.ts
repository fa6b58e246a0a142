import { ForeignEventError } from '../hub/hubErrors.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { JsonObject, Part } from '../hub/turn.ts';
import type { FinishReason, TurnResult } from '../hub/turnResult.ts';
import { createOutputReader } from './outputReader.ts';
import { responsesFault } from './responsesFault.ts';
import { readResponsesUsage } from './responsesUsage.ts';

/** Why a response ended; `called`: it holds calls of tools that the client runs. */
export function readFinish(response: Fields, called: boolean): FinishReason {
  const reason = isFields(response.incomplete_details) ? response.incomplete_details.reason : null;
  if (response.status === 'incomplete' || typeof reason === 'string')
    return reason === 'content_filter' ? 'contentFilter' : 'length';
  return called ? 'toolCalls' : 'stop';
}

const isCall = (part: Part): boolean => part.type === 'toolCall';

/** A whole response -> the hub. Items it does not know are skipped. Throws ForeignEventError where it failed or is none. */
export function decodeResponsesResult(body: JsonObject, requestId: string): TurnResult {
  const fault = responsesFault(body);
  if (fault !== null) throw new ForeignEventError(fault);
  const reader = createOutputReader(requestId);
  for (const item of body.output as unknown[]) if (isFields(item)) reader.read(item);
  return {
    id: typeof body.id === 'string' ? body.id : null,
    model: typeof body.model === 'string' ? body.model : null,
    parts: reader.parts,
    finish: readFinish(body, reader.parts.some(isCall)),
    stopSequence: null,
    usage: readResponsesUsage(body.usage),
  };
}
