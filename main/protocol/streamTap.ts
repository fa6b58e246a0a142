import type { DialectError } from './dialectError.ts';

/** What an observer of a stream has seen. */
export interface StreamFacts {
  /** The model has said something: text, reasoning, a tool call, a refusal, or a reason to stop. */
  meaningful: boolean;
  /** It said more than just "stop". */
  hasContent: boolean;
  /** A finish reason was seen; this is it. */
  finishReason: string | null;
  /** The dialect's terminal sign (`[DONE]`, message_stop, response.completed) was seen: all is said. */
  done: boolean;
  /** The message of an error event, or of an event that is no JSON before anything meaningful came. */
  error: string | null;
  /** The usage object in force: the last one seen, or what the events that tell it piece by piece amount to. */
  usage: unknown;
  /** Events seen that most likely carry a token each. */
  events: number;
}

/** Watches one stream on its way to the client, or rewrites it: the pump can't tell the difference. */
export interface StreamTap {
  /** Whole events to forward now; null where there is nothing yet. Throws EventTooLargeError. */
  push(chunk: Buffer): Buffer | null;
  /** To be called when the upstream's body has ended: the last event, if it lacked its blank line. */
  end(): Buffer | null;
  /** The dialect's way to say in-band that the stream can't go on. Nothing may follow it. */
  fail(error: DialectError): Buffer;
  /** To be sent while nothing comes. */
  heartbeat(): Buffer;
  /** What has gone by so far. */
  readonly seen: Readonly<StreamFacts>;
}

/** What has been seen of a stream before its first byte. */
export const nothingSeen = (): StreamFacts => ({
  meaningful: false,
  hasContent: false,
  finishReason: null,
  done: false,
  error: null,
  usage: null,
  events: 0,
});
