import { createSseFramer, splitEvents } from '../base/sseFramer.ts';
import type { StreamDecoder } from './dialect.ts';
import { ForeignEventError } from './hub/hubErrors.ts';
import type { TurnEvent } from './hub/turnEvent.ts';

/** The events of a stream that was read to its end. Throws ForeignEventError where it broke off or tells a failure. */
export function readStream(decoder: StreamDecoder, bytes: Buffer): TurnEvent[] {
  const framer = createSseFramer();
  const whole = [framer.push(bytes), framer.rest()].filter((part) => part !== null);
  const events = whole
    .flatMap((part) => splitEvents(part))
    .flatMap(({ data }) => (data === null ? [] : decoder.push(data)));
  events.push(...decoder.end());
  const failure = events.find((event) => event.type === 'error');
  if (failure) throw new ForeignEventError(failure.message);
  if (!events.some(({ type }) => type === 'finish'))
    throw new ForeignEventError('the upstream closed the stream before the answer was complete');
  return events;
}
