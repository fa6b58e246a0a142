export interface StreamFacts {
  /** The model has said something: text, reasoning, a tool call, a refusal, or a reason to stop. */
  meaningful: boolean;
  /** It said more than just "stop". */
  hasContent: boolean;
  /** A finish reason was seen; this is it. */
  finishReason: string | null;
  /** `[DONE]` was seen. */
  done: boolean;
  /** The message of an error event, or of an event that is no JSON before anything meaningful came. */
  error: string | null;
  /** The last usage object seen. */
  usage: unknown;
  /** Events seen that most likely carry a token each. */
  events: number;
}

export interface StreamTap {
  /** Whole events to forward now; null where there is nothing yet. Throws EventTooLargeError. */
  push(chunk: Buffer): Buffer | null;
  /** To be called when the upstream's body has ended: the last event, if it lacked its blank line. */
  end(): Buffer | null;
  /** What has gone by so far. */
  readonly seen: Readonly<StreamFacts>;
}
