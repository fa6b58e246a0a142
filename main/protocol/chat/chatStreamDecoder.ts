import type { StreamDecoder } from '../dialect.ts';
import { parseEventFields } from '../hub/parseEvent.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { createChatReader } from './chatReader.ts';

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
      const events = reader.read(parseEventFields(text));
      over = events.some(({ type }) => type === 'error');
      return events;
    },
    end: () => (!over && reader.finished ? close() : []),
  };
}
