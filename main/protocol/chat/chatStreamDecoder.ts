import type { StreamDecoder } from '../dialect.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { isFields } from '../hub/reader.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { createChatReader } from './chatReader.ts';

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new ForeignEventError(`an event of the stream is no JSON: ${data.slice(0, 120)}`);
  }
}

/**
 * Takes what OpenAI-compatible servers are known to send (clients.md section 4). The finish is told when the stream is over:
 * some servers name a reason before their last words. `[DONE]` is the end, and so is a body that ends after a reason.
 */
export function createChatStreamDecoder(requestId: string): StreamDecoder {
  const reader = createChatReader(requestId);
  let over = false;

  function close(): TurnEvent[] {
    over = true;
    return [...reader.close(), { type: 'end' }];
  }

  return {
    push(data) {
      const text = data.trim();
      if (over || text === '') return [];
      if (text === '[DONE]') return close();
      const chunk = parse(text);
      if (!isFields(chunk))
        throw new ForeignEventError(`an event of the stream is no object: ${text.slice(0, 120)}`);
      const events = reader.read(chunk);
      over = events.some(({ type }) => type === 'error');
      return events;
    },
    end: () => (!over && reader.finished ? close() : []),
  };
}
