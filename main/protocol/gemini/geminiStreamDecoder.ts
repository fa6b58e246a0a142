import type { StreamDecoder } from '../dialect.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { asGeminiChunk, createGeminiChunkReader } from './geminiChunkReader.ts';

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}

/** Gemini has no terminal sign but the end of the body after a finish reason: `finish` and `end` come from `end()`. */
export function createGeminiStreamDecoder(requestId: string): StreamDecoder {
  const reader = createGeminiChunkReader(requestId);
  return {
    push(data) {
      const chunk = asGeminiChunk(parse(data));
      if (!chunk)
        throw new ForeignEventError(`an event of the stream is not Gemini's: ${data.slice(0, 120)}`);
      return reader.read(chunk);
    },
    end: () => reader.end(),
  };
}
