// Rewrites a stream from an upstream's dialect into a client's, event by event, as it goes by.
import { createSseFramer, splitEvents } from '../base/sseFramer.ts';
import type { StreamDecoder, StreamEncoder } from './dialect.ts';
import { createTurnCollector } from './hub/collectTurn.ts';
import { ForeignEventError } from './hub/hubErrors.ts';
import type { TurnEvent } from './hub/turnEvent.ts';
import type { TurnResult } from './hub/turnResult.ts';
import { nothingSeen, type StreamTap } from './streamTap.ts';

export interface TranslatingParts {
  readonly decoder: StreamDecoder;
  readonly encoder: StreamEncoder;
  /** Changes events on their way, as `createCustomCalls` does. */
  readonly transform?: (event: TurnEvent) => TurnEvent[];
  /** Told the whole answer, once, when the stream has ended well. */
  readonly onResult?: (result: TurnResult) => void;
}

/** These say something; the others tell how and why. */
const content: ReadonlySet<TurnEvent['type']> = new Set([
  'text',
  'reasoning',
  'refusal',
  'toolCall',
  'toolArguments',
  'media',
]);

/** A tap whose output is of another dialect than its input. `seen.finishReason` and `seen.usage` are the hub's. */
export function createTranslatingTap(parts: TranslatingParts): StreamTap {
  const { decoder, encoder, transform, onResult } = parts;
  const framer = createSseFramer();
  const collector = onResult ? createTurnCollector() : null;
  const seen = nothingSeen();

  function note(event: TurnEvent): void {
    if (content.has(event.type)) {
      seen.hasContent = true;
      seen.events += 1;
    } else if (event.type === 'usage') seen.usage = event.usage;
    else if (event.type === 'finish') seen.finishReason = event.reason;
    else if (event.type === 'error') seen.error = event.message;
    else if (event.type === 'end') seen.done = true;
    seen.meaningful = seen.hasContent || seen.finishReason !== null;
  }

  /** All is said, or nothing more may be. */
  const isOver = (): boolean => seen.done || seen.error !== null;

  function write(events: readonly TurnEvent[]): string {
    let text = '';
    for (const event of transform ? events.flatMap(transform) : events) {
      if (isOver()) break;
      note(event);
      if (event.type === 'error') break;
      collector?.push(event);
      text += encoder.push(event);
      if (event.type === 'end' && collector) onResult?.(collector.result());
    }
    return text;
  }

  function decode(data: string): TurnEvent[] {
    try {
      return decoder.push(data);
    } catch (error) {
      if (!(error instanceof ForeignEventError)) throw error;
      // Once it has spoken the dialect, an odd event is no reason to give up the answer.
      if (!seen.meaningful) seen.error = error.message;
      return [];
    }
  }

  function translate(complete: Buffer): string {
    let text = '';
    for (const { data } of splitEvents(complete)) {
      if (isOver()) break;
      if (data !== null && data.trim() !== '') text += write(decode(data));
    }
    return text;
  }

  const bytesOf = (text: string): Buffer | null => (text === '' ? null : Buffer.from(text));

  return {
    push(chunk) {
      const complete = framer.push(chunk);
      return complete ? bytesOf(translate(complete)) : null;
    },
    end() {
      const rest = framer.rest();
      const last = rest ? translate(rest) : '';
      return bytesOf(isOver() ? last : last + write(decoder.end()));
    },
    fail: (error) => Buffer.from(encoder.fail(error)),
    heartbeat: () => Buffer.from(encoder.heartbeat()),
    seen,
  };
}
