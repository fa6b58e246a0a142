// One attempt on one candidate: from the permit to an answer that may be shown to the client, or a classified failure.
// It never speaks to the client and never decides on another attempt.

import { readChatAnswer } from '../protocol/chat/chatAnswer.ts';
import { createChatTap } from '../protocol/chat/chatTap.ts';
import { errorMessageOf } from '../protocol/errorMessage.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import type { Candidate } from '../routing/planRoute.ts';
import {
  classifyBadAnswer,
  classifyStatus,
  classifyTimeout,
  classifyTransport,
  type Failure,
  type HttpFailureInput,
} from '../upstream/classifyFailure.ts';
import type { UpstreamDriver } from '../upstream/driver.ts';
import { readAll, type UpstreamResponse } from '../upstream/transport.ts';
import type { ClientRequest } from './clientRequest.ts';
import { startDeadline } from './deadline.ts';
import type { GatewayDeps } from './deps.ts';
import type { OpenAttempt } from './journal.ts';
import { ClientGoneError, createStreamPump, type StreamPump } from './streamPump.ts';

/** An error of the upstream that is the caller's to see, as it came. */
export interface UpstreamRefusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly message: string;
}

export type AttemptResult =
  /** A whole JSON answer. */
  | {
      readonly kind: 'answer';
      readonly response: UpstreamResponse;
      readonly body: Buffer;
      readonly usage: unknown;
    }
  | { readonly kind: 'stream'; readonly response: UpstreamResponse; readonly pump: StreamPump }
  /** Anything else, unread: speech, images, files. */
  | { readonly kind: 'raw'; readonly response: UpstreamResponse }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly refusal: UpstreamRefusal | null;
      readonly error: Error | null;
    }
  | { readonly kind: 'gone' };

export interface AttemptInput {
  readonly request: ClientRequest;
  readonly candidate: Candidate;
  readonly driver: UpstreamDriver;
  readonly snapshot: Snapshot;
  readonly attempt: OpenAttempt;
  /** Told how to abort the exchange on the way, for when the client leaves. */
  readonly onExchange: (abort: (reason: Error) => void) => void;
  readonly onFirstToken: () => void;
}

/** Whole answers and error texts larger than this are faults. */
const maxAnswerBytes = 64 * 1024 * 1024;
const maxErrorBytes = 256 * 1024;
/** A stream that has begun but says nothing for so long is shown to the client, who would give up otherwise. */
const patienceMs = 10_000;

class FirstByteTimeout extends Error {
  override readonly name = 'FirstByteTimeout';
}

function failed(
  failure: Failure,
  refusal: UpstreamRefusal | null = null,
  error: Error | null = null,
): AttemptResult {
  return { kind: 'failed', failure, refusal, error };
}

function headerText(response: UpstreamResponse, name: string): string {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

export async function runAttempt(input: AttemptInput, deps: GatewayDeps): Promise<AttemptResult> {
  const { request, candidate, driver, snapshot, attempt } = input;
  const { endpoint, account, upstreamModel } = candidate;
  const { timeouts } = snapshot.settings;

  const built = driver.build(request, candidate, deps.quirks.of(endpoint.id, upstreamModel));
  attempt.repairs = built.repairs;
  const exchange = deps.send({ ...built, proxy: endpoint.proxy, connectMs: timeouts.connectMs });
  input.onExchange((reason) => exchange.abort(reason));
  const firstByte = startDeadline(timeouts.firstByteMs, () => exchange.abort(new FirstByteTimeout()));

  const facts = (
    status: number,
    headers: UpstreamResponse['headers'],
  ): Omit<HttpFailureInput, 'message' | 'text'> => ({
    status,
    headers,
    now: deps.clock.now(),
    dayEndsAt: deps.ledger.today().endsAt,
    streak: deps.health.rateLimitStreak(account.key, upstreamModel),
  });

  function onTransportError(error: Error): AttemptResult {
    if (error instanceof ClientGoneError) return { kind: 'gone' };
    if (error instanceof FirstByteTimeout) return failed(classifyTimeout(timeouts.firstByteMs), null, error);
    return failed(classifyTransport(error), null, error);
  }

  async function readRefusal(response: UpstreamResponse): Promise<AttemptResult> {
    const body = await readAll(response, maxErrorBytes);
    const message = errorMessageOf(body, response.status);
    const failure = classifyStatus({
      ...facts(response.status, response.headers),
      message,
      text: body.toString('utf8', 0, 8_192),
    });
    return failed(failure, {
      status: response.status,
      contentType: headerText(response, 'content-type'),
      body,
      message,
    });
  }

  async function readWhole(response: UpstreamResponse): Promise<AttemptResult> {
    firstByte.clear();
    const idle = startDeadline(timeouts.idleMs, () => response.abort(new FirstByteTimeout()));
    try {
      const body = await readAll(response, maxAnswerBytes, idle.restart);
      const reading = readChatAnswer(body, request.operation.answer === 'chat');
      if (reading.fault !== null)
        return failed(classifyBadAnswer(reading.fault, facts(response.status, response.headers)));
      return { kind: 'answer', response, body, usage: reading.usage };
    } finally {
      idle.clear();
    }
  }

  async function openStream(response: UpstreamResponse): Promise<AttemptResult> {
    const pump = createStreamPump(response, createChatTap({ hideUsage: !request.wantsUsage }), {
      idleMs: timeouts.idleMs,
      patienceMs,
      onEvents: deps.traffic.produced,
      onFirstToken: input.onFirstToken,
    });
    const opening = await pump.opening;
    if (opening.open) return { kind: 'stream', response, pump };
    if (opening.error) return onTransportError(opening.error);
    return failed(classifyBadAnswer(opening.reason, facts(response.status, response.headers)));
  }

  try {
    const response = await exchange.response;
    attempt.status = response.status;
    if (response.status < 200 || response.status >= 300) return await readRefusal(response);
    const encoding = headerText(response, 'content-encoding');
    if (encoding !== '' && encoding !== 'identity') {
      response.abort(new Error('unexpected encoding'));
      return failed(
        classifyBadAnswer(
          `the answer is ${encoding}-encoded although none was asked for`,
          facts(response.status, response.headers),
        ),
      );
    }
    const contentType = headerText(response, 'content-type');
    if (request.operation.answer === 'chat' && /^text\/event-stream/i.test(contentType))
      return await openStream(response);
    if (request.operation.answer === 'binary' && !/text\/html/i.test(contentType)) {
      return { kind: 'raw', response };
    }
    return await readWhole(response);
  } catch (error) {
    return onTransportError(error as Error);
  } finally {
    firstByte.clear();
  }
}
