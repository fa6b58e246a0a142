import type { KeptBody } from '../../../../main/contract/schemas/bodies.ts';
import { type Piece, readAnswer } from './conversation.ts';
import { readEvents, type StreamEvent, splitStream } from './events.ts';

export type ReadBody =
  | { form: 'json'; value: unknown; text: string }
  | { form: 'events'; events: StreamEvent[]; text: string }
  /** Text that is no JSON, also because its end is missing. */
  | { form: 'text'; text: string }
  /** Speech, images, uploads: nothing to read. */
  | { form: 'none' };

export function readBody({ text, mediaType }: KeptBody): ReadBody {
  if (text === null) return { form: 'none' };
  if (mediaType === 'text/event-stream') return { form: 'events', events: splitStream(text), text };
  try {
    return { form: 'json', value: JSON.parse(text) as unknown, text };
  } catch {
    return { form: 'text', text };
  }
}

/** What an answer says, whichever way it came; empty where nobody can tell. */
export function answerPieces(body: ReadBody): Piece[] {
  if (body.form === 'json') return readAnswer(body.value);
  return body.form === 'events' ? readEvents(body.events) : [];
}
