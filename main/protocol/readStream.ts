import { createSseFramer, splitEvents } from '../base/sseFramer.ts';
import type { StreamDecoder } from './dialect.ts';
import { ForeignEventError } from './hub/hubErrors.ts';
import type { TurnEvent } from './hub/turnEvent.ts';

/** Gathers the events of a stream for somebody who wants it whole. */
export interface StreamReader {
  /** True once the terminal sign was seen: all is said, though the connection may stay open. Throws ForeignEventError, EventTooLargeError. */
  push(chunk: Buffer): boolean;
  /** All events, when nothing more comes. Throws ForeignEventError where the stream broke off or told a failure. */
  events(): TurnEvent[];
}

export function createStreamReader(decoder: StreamDecoder): StreamReader {
  const framer = createSseFramer();
  const events: TurnEvent[] = [];

  function read(bytes: Buffer | null): void {
    if (!bytes) return;
    for (const { data } of splitEvents(bytes)) if (data !== null) events.push(...decoder.push(data));
  }

  return {
    push(chunk) {
      read(framer.push(chunk));
      return events.at(-1)?.type === 'end';
    },
    events() {
      read(framer.rest());
      events.push(...decoder.end());
      const failure = events.find((event) => event.type === 'error');
      if (failure) throw new ForeignEventError(failure.message);
      if (!events.some(({ type }) => type === 'finish'))
        throw new ForeignEventError('the upstream closed the stream before the answer was complete');
      return events;
    },
  };
}

/** The events of a stream that was read to its end. Throws ForeignEventError where it broke off or tells a failure. */
export function readStream(decoder: StreamDecoder, bytes: Buffer): TurnEvent[] {
  const reader = createStreamReader(decoder);
  reader.push(bytes);
  return reader.events();
}
