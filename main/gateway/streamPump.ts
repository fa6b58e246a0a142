// Carries one upstream stream to the client: holds it back until it means something, then passes events on as they come,
// and makes sure that a stream which broke off never looks like one that ended.
import type { DialectError } from '../protocol/dialectError.ts';
import type { StreamTap } from '../protocol/streamTap.ts';
import type { UpstreamResponse } from '../upstream/transport.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import type { Reply } from './reply.ts';

/** What became of the stream before anything of it reached the client. */
export type Opening =
  | { readonly open: true }
  /** It ended or broke before it said anything; `error` null where it ended in peace. */
  | { readonly open: false; readonly reason: string; readonly error: Error | null };

/** How the stream ended after that. */
export type Ending =
  | { readonly how: 'whole' }
  | { readonly how: 'cut'; readonly reason: string }
  | { readonly how: 'gone' };

export interface StreamPump {
  readonly opening: Promise<Opening>;
  /** Sends what was held and then everything that comes. Call once, after it has opened and the headers are out. */
  relay(reply: Reply, errorOf: (reason: string) => DialectError): Promise<Ending>;
  readonly tap: StreamTap;
  /** The first bytes of the stream as it came, for estimates, and how many there were in all. */
  readonly sample: { readonly chunks: readonly Buffer[]; readonly totalBytes: number };
}

export interface PumpOptions {
  readonly idleMs: number;
  /** After this much silence before anything meaningful, the headers go out, so that the client does not give up. */
  readonly patienceMs: number;
  /** Called for each chunk of events that goes by. */
  readonly onEvents: (count: number) => void;
  readonly onFirstToken: () => void;
}

const sampleBytes = 256 * 1024;
const heartbeatMs = 15_000;
/** The live graph is told of so many events at a time. */
const eventsAtOnce = 8;
const stalledClientMs = 120_000;
/** After `[DONE]` the upstream may take this long to close before its socket is given up. */
const lingerMs = 1_000;

class LingerOver extends Error {
  override readonly name = 'LingerOver';
}

/** "I have finished", in each dialect. */
const plainStops = new Set(['stop', 'end_turn', 'STOP', 'completed']);

/** The reason an exchange is aborted with when its client has left. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
  constructor() {
    super('the client went away');
  }
}

export function createStreamPump(
  response: UpstreamResponse,
  tap: StreamTap,
  options: PumpOptions,
): StreamPump {
  let held: Buffer[] = [];
  let target: Reply | null = null;
  let settleOpening: ((opening: Opening) => void) | null = null;
  let settleEnding: ((ending: Ending) => void) | null = null;
  let ended: Ending | null = null;
  let errorOf: ((reason: string) => DialectError) | null = null;
  let idleReason: string | null = null;
  let stalled: Deadline | null = null;
  let beat: NodeJS.Timeout | null = null;
  let linger: NodeJS.Timeout | null = null;
  let sentSinceBeat = false;
  let spoken = false;
  let eventsTold = 0;
  let upstreamOver: { reason: string | null } | null = null;
  const sample = { chunks: [] as Buffer[], totalBytes: 0 };

  const opening = new Promise<Opening>((resolve) => {
    settleOpening = resolve;
  });
  const patience = startDeadline(options.patienceMs, () => open());
  const idle = startDeadline(options.idleMs, () => {
    idleReason = `the stream stood still for ${Math.round(options.idleMs / 1_000)} s`;
    response.abort(new Error(idleReason));
  });

  function tellEvents(): void {
    options.onEvents(tap.seen.events - eventsTold);
    eventsTold = tap.seen.events;
  }

  function open(): void {
    patience.clear();
    settleOpening?.({ open: true });
    settleOpening = null;
  }

  function refuse(reason: string, error: Error | null): void {
    patience.clear();
    idle.clear();
    settleOpening?.({ open: false, reason, error });
    settleOpening = null;
  }

  function finish(ending: Ending): void {
    if (ended) return;
    ended = ending;
    idle.clear();
    patience.clear();
    stalled?.clear();
    if (beat) clearInterval(beat);
    tellEvents();
    settleEnding?.(ending);
  }

  function send(bytes: Buffer): void {
    if (!target) {
      held.push(bytes);
      return;
    }
    sentSinceBeat = true;
    if (target.write(bytes)) return;
    response.pause();
    stalled?.clear();
    stalled = startDeadline(stalledClientMs, () => {
      response.abort(new ClientGoneError());
      target?.end();
    });
    target.onDrain(() => {
      stalled?.clear();
      response.resume();
    });
  }

  /** The client's stream ends here, with an error event where it is not whole. */
  function close(reason: string | null): void {
    if (ended) return;
    const reply = target;
    if (reply && errorOf && reason !== null) reply.write(tap.fail(errorOf(reason)));
    reply?.end();
    finish(reason === null ? { how: 'whole' } : { how: 'cut', reason });
  }

  function pass(bytes: Buffer | null): void {
    if (tap.seen.events - eventsTold >= eventsAtOnce) tellEvents();
    if (tap.seen.hasContent && !spoken) {
      spoken = true;
      options.onFirstToken();
    }
    if (bytes) send(bytes);
    if (settleOpening && tap.seen.error !== null) {
      refuse(tap.seen.error, null);
      response.abort(new Error(tap.seen.error));
    } else if (settleOpening && tap.seen.hasContent) {
      open();
    }
  }

  function afterDone(): void {
    idle.clear();
    linger = setTimeout(() => response.abort(new LingerOver()), lingerMs).unref();
    if (target) close(null);
  }

  /** The upstream's body is over. Without a finish reason or `[DONE]` it broke off, however politely. */
  function upstreamEnded(error: Error | null): void {
    // A timer left running would hold the whole stream for its second: at some hundred streams a second tens of megabytes.
    if (linger) clearTimeout(linger);
    if (ended || error instanceof LingerOver) return;
    if (error instanceof ClientGoneError) {
      refuse(error.message, error);
      finish({ how: 'gone' });
      return;
    }
    if (!error) pass(tap.end());
    const whole = tap.seen.finishReason !== null || tap.seen.done;
    const reason = error
      ? (idleReason ?? error.message)
      : 'the upstream closed the stream before the answer was complete';
    if (settleOpening) {
      // "stop" without a word is a failed relay's way to say nothing; other finish reasons may well come alone.
      const silent =
        !tap.seen.hasContent &&
        (error !== null || tap.seen.finishReason === null || plainStops.has(tap.seen.finishReason));
      if (silent) refuse(error ? reason : 'the stream ended without an answer', error);
      else open();
    }
    upstreamOver = { reason: tap.seen.error ?? (whole && (!error || tap.seen.done) ? null : reason) };
    if (target) close(upstreamOver.reason);
  }

  response.read({
    data(chunk) {
      if (ended) return;
      idle.restart();
      if (sample.totalBytes < sampleBytes) sample.chunks.push(chunk);
      sample.totalBytes += chunk.length;
      try {
        pass(tap.push(chunk));
      } catch (error) {
        response.abort(error as Error);
        return;
      }
      if (!tap.seen.done) return;
      if (settleOpening) upstreamEnded(null);
      else afterDone();
    },
    end: () => upstreamEnded(null),
    fail: (error) => upstreamEnded(error),
  });

  return {
    opening,
    tap,
    sample,
    relay(reply, describe) {
      errorOf = describe;
      target = reply;
      const ending = new Promise<Ending>((resolve) => {
        settleEnding = resolve;
      });
      const early = held;
      held = [];
      for (const bytes of early) send(bytes);
      // Headers leave with the first bytes; a client that waits must see them now.
      if (early.length === 0) reply.write(tap.heartbeat());
      beat = setInterval(() => {
        if (!sentSinceBeat) reply.write(tap.heartbeat());
        sentSinceBeat = false;
      }, heartbeatMs / 2);
      beat.unref();
      if (upstreamOver) close(upstreamOver.reason);
      else if (tap.seen.done) close(null);
      return ending;
    },
  };
}
