import type { AnswerContext, StreamEncoder } from '../dialect.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import type { GeminiPart } from './encodeGeminiContents.ts';
import { createGeminiAnswerWriter } from './geminiAnswerWriter.ts';
import { geminiErrorEvent } from './geminiError.ts';

const block = (response: Record<string, unknown>): string => `data: ${JSON.stringify(response)}\n\n`;

/** No `[DONE]` and no comment beside data: Google's SDK takes either for a broken chunk (clients.md section 4). */
export function createGeminiStreamEncoder(context: AnswerContext): StreamEncoder {
  const writer = createGeminiAnswerWriter(context);
  /** Parts that became whole with the finish: they go out with its reason. */
  let last: GeminiPart[] = [];
  return {
    push(event) {
      const parts = writer.push(event);
      if (event.type === 'finish') last = parts;
      else if (event.type === 'end') return block(writer.lastResponse(last));
      else if (parts.length > 0) return block(writer.response(parts));
      return '';
    },
    fail: geminiErrorEvent,
    heartbeat: () => commentHeartbeat.toString(),
  };
}
