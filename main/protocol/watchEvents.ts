// What all taps have in common that watch a stream go by: whole events are looked at, and forwarded.
import { createSseFramer } from '../base/sseFramer.ts';
import type { StreamTap } from './streamTap.ts';

const blankLine = Buffer.from('\n\n');

const isSomething = (rest: Buffer): boolean => rest.toString('latin1').trim() !== '';

/**
 * `observe` is given whole events and returns what to forward of them. `isEvent`: whether the stream's last bytes, which lack
 * their blank line, are an event all the same.
 */
export function watchEvents(
  observe: (complete: Buffer) => Buffer | null,
  isEvent = isSomething,
): Pick<StreamTap, 'push' | 'end'> {
  const framer = createSseFramer();
  return {
    push(chunk) {
      const complete = framer.push(chunk);
      return complete ? observe(complete) : null;
    },
    end() {
      const rest = framer.rest();
      return rest && isEvent(rest) ? observe(Buffer.concat([rest, blankLine])) : null;
    },
  };
}
