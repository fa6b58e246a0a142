// One client connection: requests in, one after the other, answers out, and the client's leaving noticed.
import type { Socket } from 'node:net';
import { errorAnswer } from './answer.ts';
import { playSteps } from './exchange.ts';
import type { Fault } from './fault.ts';
import { createHttpReader } from './httpReader.ts';
import type { Exchange } from './journal.ts';
import { planSteps, type Step } from './steps.ts';
import { readUpstreamRequest, type UpstreamRequest } from './upstreamRequest.ts';

/** How much of a body is read before `early413` refuses it. */
const earlyBytes = 64 * 1024;

export interface ConnectionOptions<E extends Exchange> {
  serial: number;
  eventGapMs: number;
  /** Whether a request is refused before it is whole; its body is not known yet. */
  refusesEarly?(request: UpstreamRequest): boolean;
  /** Makes the journal's entry; the fault is chosen here. */
  open(request: UpstreamRequest, connection: number): { entry: E; fault: Fault };
  /** Everything that goes over the wire in answer. */
  steps(request: UpstreamRequest, fault: Fault, entry: E): Step[];
  /** The answer is through, broken off, or its client is gone. */
  served?(entry: E): void;
}

export function serveConnection<E extends Exchange>(socket: Socket, options: ConnectionOptions<E>): void {
  const gone = new AbortController();
  let current: E | null = null;
  let queue: Promise<void> = Promise.resolve();
  let refused = false;

  const leave = (how: 'fin' | 'reset') => {
    gone.abort();
    if (current?.ended !== 'open') return;
    current.ended = 'client';
    current.clientClosed = how;
    current.endedAt = Date.now();
  };

  const play = async (entry: E, steps: readonly Step[]) => {
    current = entry;
    await playSteps(socket, steps, entry, { gone: gone.signal, eventGapMs: options.eventGapMs });
    options.served?.(entry);
    if (entry.headers.connection?.toLowerCase() === 'close') socket.end();
  };

  const refuse = (request: UpstreamRequest) => {
    refused = true;
    const { entry, fault } = options.open(request, options.serial);
    const answer = errorAnswer(413, { message: 'The request is too large.' }, { connection: 'close' });
    queue = queue.then(async () => {
      await play(entry, planSteps(answer, { ...fault, name: 'ok' }));
      socket.destroySoon();
    });
  };

  let reading: UpstreamRequest | null = null;
  const reader = createHttpReader({
    head(head) {
      reading = readUpstreamRequest({ ...head, body: Buffer.alloc(0) });
      if (head.headers.expect?.toLowerCase() === '100-continue')
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    },
    progress(received) {
      if (!refused && received >= earlyBytes && reading && options.refusesEarly?.(reading)) refuse(reading);
    },
    request(read) {
      if (refused) return;
      const request = readUpstreamRequest(read);
      const { entry, fault } = options.open(request, options.serial);
      queue = queue.then(() => play(entry, options.steps(request, fault, entry)));
    },
  });

  socket.setNoDelay(true);
  socket.on('data', (bytes) => reader.push(Buffer.from(bytes)));
  socket.on('end', () => leave('fin'));
  socket.on('error', () => leave('reset'));
  socket.on('close', () => leave('fin'));
}
