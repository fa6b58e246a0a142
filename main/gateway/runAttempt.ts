// One attempt on one candidate: from the permit to an answer that may be shown to the client, or a classified failure.
// It never speaks to the client and never decides on another attempt.

import type { AnswerReading } from '../protocol/answerReading.ts';
import { readChatAnswer } from '../protocol/chat/chatAnswer.ts';
import type { WireName } from '../protocol/dialect.ts';
import { dialects, upstreamDialects } from '../protocol/dialects.ts';
import { errorMessageOf } from '../protocol/errorMessage.ts';
import { createArrayFraming } from '../protocol/gemini/arrayFraming.ts';
import { ForeignEventError } from '../protocol/hub/hubErrors.ts';
import { isConversation } from '../protocol/operation.ts';
import { readFault } from '../protocol/readFault.ts';
import { createStreamReader } from '../protocol/readStream.ts';
import type { StreamTap } from '../protocol/streamTap.ts';
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
import {
  type ConversionInput,
  convertEvents,
  convertWhole,
  createConvertingTap,
  decoderFor,
} from './convertAnswer.ts';
import { convertEmbeddings } from './convertEmbeddings.ts';
import { startDeadline } from './deadline.ts';
import type { GatewayDeps } from './deps.ts';
import type { OpenAttempt } from './journal.ts';
import type { PreparedCall } from './prepareCall.ts';
import { readToEnd } from './readToEnd.ts';
import { ClientGoneError, createStreamPump, type StreamPump } from './streamPump.ts';

/** An error of the upstream that is the caller's to see, as it came. */
export interface UpstreamRefusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly message: string;
  /** The dialect it speaks. */
  readonly dialect: WireName;
}

export type AttemptResult =
  /** A whole answer, as the client is to have it. */
  | {
      readonly kind: 'answer';
      readonly response: UpstreamResponse;
      readonly body: Buffer;
      /** The body is the events of a stream. */
      readonly events: boolean;
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
  readonly prepared: PreparedCall;
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
  const { request, prepared, candidate, driver, snapshot, attempt } = input;
  const { account, upstreamModel } = candidate;
  const { timeouts } = snapshot.settings;

  const opened = deps.link.open(driver, {
    call: prepared.call,
    target: candidate,
    quirks: prepared.quirks,
    owner: request.key.id,
    connectMs: timeouts.connectMs,
  });
  const { exchange } = opened;
  const lost = prepared.dropped.map((name) => `left out ${name}`);
  const repairs = [...prepared.repairs, ...opened.repairs, ...lost];
  attempt.repairs = repairs.length > 1 ? [...new Set(repairs)] : repairs;
  const conversation = isConversation(request.operation);
  const translated = prepared.dialect !== request.operation.dialect;
  const conversion: ConversionInput = {
    request,
    dialect: prepared.dialect,
    memories: deps.memories,
    turn: prepared.turn,
    answered: opened.answered,
  };
  input.onExchange((reason) => exchange.abort(reason));
  const firstByte = startDeadline(timeouts.firstByteMs, () => exchange.abort(new FirstByteTimeout()));

  const facts = (
    status: number,
    headers: UpstreamResponse['headers'],
  ): Omit<HttpFailureInput, 'message' | 'text'> => ({
    kind: candidate.endpoint.kind,
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
      dialect: prepared.dialect,
    });
  }

  /** A 200 that is none. Where its words blame the request, the caller gets them as the 400 they should have been. */
  function badAnswer(
    { status, headers }: Pick<UpstreamResponse, 'status' | 'headers'>,
    fault: string,
  ): AttemptResult {
    const failure = classifyBadAnswer(fault, facts(status, headers));
    return failed(failure, failure.next === 'return' ? refusalOf(fault) : null);
  }

  function refusalOf(message: string): UpstreamRefusal {
    const said = readFault(Buffer.from(JSON.stringify({ error: { message } })), 400);
    const body = Buffer.from(dialects.chat.errorBody(said, request.id));
    return { status: 400, contentType: 'application/json', body, message, dialect: 'chat' };
  }

  /** With the idle time in place of the first byte's. */
  async function read(
    response: UpstreamResponse,
    how: (onChunk: () => void) => Promise<Buffer>,
  ): Promise<Buffer> {
    firstByte.clear();
    const idle = startDeadline(timeouts.idleMs, () => response.abort(new FirstByteTimeout()));
    try {
      return await how(idle.restart);
    } finally {
      idle.clear();
    }
  }

  function judge(body: Buffer): AnswerReading {
    return conversation
      ? upstreamDialects[prepared.dialect].readAnswer(body)
      : readChatAnswer(body, request.operation.answer === 'chat');
  }

  async function readWhole(response: UpstreamResponse): Promise<AttemptResult> {
    const body = await read(response, (onChunk) => readAll(response, maxAnswerBytes, onChunk));
    const { fault, usage } = judge(body);
    if (fault !== null) return badAnswer(response, fault);
    const answer = { kind: 'answer', response, usage, events: false } as const;
    if (request.operation.answer === 'embeddings')
      return { ...answer, body: convertEmbeddings(request, prepared.dialect, body) };
    if (!conversation || (!translated && !request.stream)) return { ...answer, body };
    const converted = convertWhole(conversion, body);
    return converted ? { ...answer, body: converted, events: request.stream } : { ...answer, body };
  }

  /** A client that did not ask for a stream gets the whole of it. */
  async function gatherStream(response: UpstreamResponse): Promise<AttemptResult> {
    const reader = createStreamReader(decoderFor(conversion));
    const bytes = await read(response, (onChunk) => readToEnd(response, reader, maxAnswerBytes, onChunk));
    const body = convertEvents(conversion, reader.events());
    if (!body) return { kind: 'answer', response, body: bytes, events: true, usage: null };
    const { fault, usage } = dialects[request.operation.dialect].readAnswer(body);
    if (fault !== null) return badAnswer(response, fault);
    return { kind: 'answer', response, body, events: false, usage };
  }

  function tapFor(): StreamTap {
    const tap = translated
      ? createConvertingTap(conversion)
      : dialects[request.operation.dialect].createTap({ hideUsage: !request.wantsUsage });
    return request.framing === 'array' ? createArrayFraming(tap) : tap;
  }

  async function openStream(response: UpstreamResponse): Promise<AttemptResult> {
    const pump = createStreamPump(response, tapFor(), {
      idleMs: timeouts.idleMs,
      patienceMs,
      onEvents: deps.traffic.produced,
      onFirstToken: input.onFirstToken,
    });
    const opening = await pump.opening;
    if (opening.open) return { kind: 'stream', response, pump };
    if (opening.error) return onTransportError(opening.error);
    return badAnswer(response, opening.reason);
  }

  try {
    const response = await exchange.response;
    attempt.status = response.status;
    if (response.status < 200 || response.status >= 300) return await readRefusal(response);
    const encoding = headerText(response, 'content-encoding');
    if (encoding !== '' && encoding !== 'identity') {
      response.abort(new Error('unexpected encoding'));
      return badAnswer(response, `the answer is ${encoding}-encoded although none was asked for`);
    }
    const contentType = headerText(response, 'content-type');
    if (request.operation.answer === 'chat' && /^text\/event-stream/i.test(contentType)) {
      return await (conversation && !request.stream ? gatherStream(response) : openStream(response));
    }
    if (request.operation.answer === 'binary' && !/text\/html/i.test(contentType)) {
      return { kind: 'raw', response };
    }
    return await readWhole(response);
  } catch (error) {
    if (error instanceof ForeignEventError)
      return badAnswer({ status: attempt.status ?? 0, headers: {} }, error.message);
    return onTransportError(error as Error);
  } finally {
    firstByte.clear();
  }
}
