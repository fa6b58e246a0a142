// One client connection: requests in, one after the other, answers out, and the client's leaving noticed.
import type { Socket } from 'node:net';
import { type Answer, errorAnswer } from './answer.ts';
import { playSteps } from './exchange.ts';
import type { Fault } from './fault.ts';
import { createHttpReader } from './httpReader.ts';
import type { JournalEntry } from './journal.ts';
import { planSteps } from './steps.ts';
import { readUpstreamRequest, type UpstreamRequest } from './upstreamRequest.ts';

/** How much of a body is read before `early413` refuses it. */
const earlyBytes = 64 * 1024;

export interface ConnectionOptions {
  serial: number;
  eventGapMs: number;
  /** Whether a request is refused before it is whole; its body is not known yet. */
  refusesEarly(request: UpstreamRequest): boolean;
  /** Makes the journal's entry; the fault is chosen here. */
  open(request: UpstreamRequest, connection: number): { entry: JournalEntry; fault: Fault };
  answer(request: UpstreamRequest, fault: Fault, entry: JournalEntry): Answer;
}

export function serveConnection(socket: Socket, options: ConnectionOptions): void {
  const gone = new AbortController();
  let current: JournalEntry | null = null;
  let queue: Promise<void> = Promise.resolve();
  let refused = false;

  const leave = (how: 'fin' | 'reset') => {
    gone.abort();
    if (current?.ended !== 'open') return;
    current.ended = 'client';
    current.clientClosed = how;
    current.endedAt = Date.now();
  };

  const play = async (entry: JournalEntry, answer: Answer, fault: Fault) => {
    current = entry;
    await playSteps(socket, planSteps(answer, fault), entry, {
      gone: gone.signal,
      eventGapMs: options.eventGapMs,
    });
    if (entry.headers.connection?.toLowerCase() === 'close') socket.end();
  };

  const refuse = (request: UpstreamRequest) => {
    refused = true;
    const { entry, fault } = options.open(request, options.serial);
    const answer = errorAnswer(413, { message: 'The request is too large.' }, { connection: 'close' });
    queue = queue.then(async () => {
      await play(entry, answer, { ...fault, name: 'ok' });
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
      if (!refused && received >= earlyBytes && reading && options.refusesEarly(reading)) refuse(reading);
    },
    request(read) {
      if (refused) return;
      const request = readUpstreamRequest(read);
      const { entry, fault } = options.open(request, options.serial);
      queue = queue.then(() => play(entry, options.answer(request, fault, entry), fault));
    },
  });

  socket.setNoDelay(true);
  socket.on('data', (bytes) => reader.push(Buffer.from(bytes)));
  socket.on('end', () => leave('fin'));
  socket.on('error', () => leave('reset'));
  socket.on('close', () => leave('fin'));
}
