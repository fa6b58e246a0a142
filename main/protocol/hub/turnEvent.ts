import type { Citation, MediaPart, Signature } from './turn.ts';
import type { FinishReason, Usage } from './turnResult.ts';

/**
 * What happens while a model answers, in no dialect. Order: `start` first; `toolCall` before its `toolArguments`;
 * `reasoningEnd` closes the reasoning before it; `finish` once; `usage` may come several times, each a whole count that replaces
 * the one before; `end` last, when the upstream's own terminal sign was seen (for Gemini: when the body ended after a finish).
 */
export type TurnEvent =
  | { readonly type: 'start'; readonly id: string | null; readonly model: string | null }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'reasoningEnd';
      readonly signature: Signature | null;
      /** Anthropic redacted_thinking: there was no text. */
      readonly redacted: boolean;
      readonly id: string | null;
    }
  /** Gemini signs the text that ends here. */
  | { readonly type: 'textSignature'; readonly signature: Signature }
  | { readonly type: 'refusal'; readonly text: string }
  | {
      readonly type: 'toolCall';
      /** 0, 1, 2 … in the order in which calls begin. */
      readonly index: number;
      readonly kind: 'function' | 'custom';
      readonly id: string;
      readonly name: string;
      readonly signature: Signature | null;
    }
  /** A piece of the arguments' JSON text; of the input's free text where the call is custom. */
  | { readonly type: 'toolArguments'; readonly index: number; readonly text: string }
  | { readonly type: 'media'; readonly part: MediaPart }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly stopSequence: string | null }
  /** The upstream said in-band that it failed. Nothing follows. */
  | { readonly type: 'error'; readonly message: string; readonly code: string | null }
  | { readonly type: 'end' };
