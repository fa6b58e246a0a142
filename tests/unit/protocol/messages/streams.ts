// Streams as they come over the network: cut anywhere, also inside a letter.
import fc from 'fast-check';
import { createSseFramer, splitEvents } from '../../../../main/base/sseFramer.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { createMessagesStreamDecoder } from '../../../../main/protocol/messages/messagesStreamDecoder.ts';

export const someCuts = fc.array(fc.nat(), { maxLength: 40 });

export function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [...new Set([0, ...cuts.map((at) => at % bytes.length), bytes.length])].sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

/** The hub's events of a stream. */
export function decoded(text: string, cuts: readonly number[] = []): TurnEvent[] {
  const framer = createSseFramer();
  const decoder = createMessagesStreamDecoder('req_abc');
  const events: TurnEvent[] = [];
  for (const chunk of cut(Buffer.from(text), cuts)) {
    const whole = framer.push(chunk);
    for (const { data } of whole ? splitEvents(whole) : [])
      if (data !== null) events.push(...decoder.push(data));
  }
  return [...events, ...decoder.end()];
}

export const sse = (...events: readonly { type: string }[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
