import type { Part } from './turn.ts';

export type FinishReason = 'stop' | 'length' | 'toolCalls' | 'contentFilter';

/** Tokens as the upstream counted them. */
export interface Usage {
  /** With what was read from or written to a cache. */
  readonly inputTokens: number;
  readonly cachedTokens: number;
  /** Written to the cache by this request (Anthropic). */
  readonly cacheWriteTokens: number;
  /** With reasoning. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** A model's whole answer, in no dialect. */
export interface TurnResult {
  readonly id: string | null;
  readonly model: string | null;
  /** Of an assistant message: text, reasoning, toolCall, refusal, media, in order. */
  readonly parts: readonly Part[];
  readonly finish: FinishReason;
  /** The stop sequence that ended it, where the upstream says which. */
  readonly stopSequence: string | null;
  /** Null where the upstream did not count. */
  readonly usage: Usage | null;
}
