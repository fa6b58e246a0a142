// What comes in over a window's port: requests as our client writes them. Everything else is dropped before it reaches the router.
import type { MessageEvent, MessagePortMain } from 'electron';
import { z } from 'zod';

const abort = z.object({ i: z.string().max(64), t: z.literal(4) });
const request = z.object({
  i: z.string().max(64),
  t: z.literal(1).optional(),
  p: z.object({
    u: z.string().startsWith('/'),
    m: z.string().optional(),
    /** Where a stream of events is taken up again. */
    h: z.strictObject({ 'last-event-id': z.string() }).optional(),
    b: z.unknown().optional(),
  }),
});
const message = z.union([abort, request]);

/** The message in a text of the port, or null where it is none. */
export function readRequest(data: unknown): z.output<typeof message> | null {
  if (typeof data !== 'string') return null;
  try {
    return message.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

type Heard = (event?: { data: unknown }) => void;

/** The port as the router's handler takes it. `onNonsense` is told of the first message that was dropped. */
export function portRequests(port: MessagePortMain, onNonsense: () => void) {
  let told = false;
  const read = (event: MessageEvent, listener: Heard) => {
    const data = readRequest(event.data);
    if (data) return listener({ data });
    if (!told) onNonsense();
    told = true;
  };
  return {
    on(name: string, listener: Heard): void {
      if (name === 'message') port.on('message', (event) => read(event, listener));
      else if (name === 'close') port.on('close', () => listener());
    },
    postMessage: (data: unknown) => port.postMessage(data),
  };
}
