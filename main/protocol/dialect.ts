import type { Bytes } from '../base/chunkedBytes.ts';
import type { AnswerReading } from './answerReading.ts';
import type { DialectError } from './dialectError.ts';
import type { JsonObject, Turn } from './hub/turn.ts';
import type { TurnEvent } from './hub/turnEvent.ts';
import type { TurnResult } from './hub/turnResult.ts';
import type { StreamTap } from './streamTap.ts';

export const dialectNames = ['chat', 'responses', 'messages', 'gemini'] as const;
export type DialectName = (typeof dialectNames)[number];

/** What an upstream can be spoken to in: the clients' dialects, and protocols that no client speaks. */
export type WireName = DialectName | 'ondemand';

/** For whom a request is built. What this very upstream was found to refuse is mended in the body afterwards, in `upstream/repair`. */
export interface EncodeTarget {
  /** The upstream's name for the model. */
  readonly model: string;
  /** The endpoint's `options`, for protocols that leave a choice. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface EncodedRequest {
  readonly body: Record<string, unknown>;
  /** Harmless things of the turn that this dialect can't hold, by the client's word for them where it has one (`seed`, `logprobs`). */
  readonly dropped: readonly string[];
  /** What was changed so that such a model accepts it, in a few words each, for the record. */
  readonly repairs: readonly string[];
}

/** What an encoder needs to know of the request it answers. */
export interface AnswerContext {
  /** The gateway's id of the request, `req_…`: ids of the answer are made of it. */
  readonly requestId: string;
  /** The model's name as the client asked for it. */
  readonly model: string;
  /** Unix seconds. */
  readonly created: number;
  /** The client asked for usage in the stream (chat only). */
  readonly wantsUsage: boolean;
  readonly turn: Turn;
  /** The client's own body, for fields that an answer repeats (responses). */
  readonly body: JsonObject;
  /** Tokens of the prompt, guessed, for where a dialect must show a count before the upstream has one. */
  readonly inputTokens: number;
}

/** Reads one stream of an upstream. Pure but for its own state; feed it the `data` of each event. */
export interface StreamDecoder {
  /** Throws ForeignEventError where an event is not of this dialect. */
  push(data: string): TurnEvent[];
  /** The body has ended: what is still to be said. Never makes up a finish that was not there. */
  end(): TurnEvent[];
}

/** Writes one stream for a client. Returns the bytes' text, which may be empty. */
export interface StreamEncoder {
  push(event: TurnEvent): string;
  /** The stream can't go on: the dialect's way to say so in-band, closing what is open. */
  fail(error: DialectError): string;
  /** Sent while nothing comes. */
  heartbeat(): string;
}

export interface TapOptions {
  /** Withhold the usage chunk from a chat client that did not ask for it. */
  readonly hideUsage: boolean;
}

/** What the gateway must know of a protocol to ask an upstream in it. Pure: bytes and values in, bytes and values out. */
export interface UpstreamDialect {
  readonly name: WireName;
  /** The names that tools may have; null = any. */
  readonly toolNames: RegExp | null;
  /** It has tools that take free text. */
  readonly customTools: boolean;
  /** `turn` as `heldTurn` made it. Throws CannotHoldError where leaving something out would change what the client meant. */
  encodeRequest(turn: Turn, target: EncodeTarget): EncodedRequest;
  /**
   * `requestId` makes ids where the upstream gives none. `turn`: the request that is answered, for protocols whose answers can't be
   * read without it: absent or null where it was never read. Throws ForeignEventError.
   */
  decodeResult(body: JsonObject, requestId: string, turn?: Turn | null): TurnResult;
  createStreamDecoder(requestId: string, turn?: Turn | null): StreamDecoder;
  /** Judges a whole answer of status 200. */
  readAnswer(body: Buffer): AnswerReading;
}

/** Everything the gateway knows of one of the clients' dialects. */
export interface Dialect extends UpstreamDialect {
  readonly name: DialectName;
  /** Throws GatewayError `invalid_request` with what is wrong and what to do; `from` holds what stands in the path for Gemini. */
  decodeRequest(body: JsonObject, from: { readonly model: string; readonly stream: boolean }): Turn;
  encodeResult(result: TurnResult, context: AnswerContext): Record<string, unknown>;
  createStreamEncoder(context: AnswerContext): StreamEncoder;
  /**
   * A request's body that passes through to this dialect's own makers, without what other makers' models signed earlier in the
   * conversation: they would refuse it. The same buffer where there is nothing of the kind.
   */
  ownOnly(body: Bytes): Bytes;
  /** Watches a stream that passes through unchanged. */
  createTap(options: TapOptions): StreamTap;
  /** The body of an error answer, JSON text. */
  errorBody(error: DialectError, requestId: string): string;
}
