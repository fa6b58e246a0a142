// The hub: what a client asks of a model, in no dialect. Each dialect maps to and from this and never to another dialect.
import type { ClientNames } from './clientNames.ts';

/** Whose opaque data it is: it means something to that maker's models alone. */
export type ModelFamily = 'openai' | 'anthropic' | 'gemini';

/** Opaque proof or state of a model's reasoning, to be sent back to the same family unchanged. */
export interface Signature {
  readonly family: ModelFamily;
  readonly value: string;
}

/** Anthropic's `cache_control` of type ephemeral; `ttl` null where none is named. */
export interface CacheMark {
  readonly ttl: '5m' | '1h' | null;
}

export interface Citation {
  readonly url: string | null;
  readonly title: string | null;
  /** The words of the source. */
  readonly quote: string | null;
  /** Where in the answer's text it belongs, in UTF-16 units, where known. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly cache?: CacheMark;
  readonly citations?: readonly Citation[];
  /** Gemini signs text parts too. */
  readonly signature?: Signature;
}

/** Where the bytes are: in the request (base64, or plain text for text documents), behind a URL, or in the upstream's file store. */
export type MediaSource =
  | { readonly from: 'base64'; readonly data: string }
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'url'; readonly url: string }
  | { readonly from: 'file'; readonly id: string };

export interface MediaPart {
  readonly type: 'media';
  readonly media: 'image' | 'audio' | 'video' | 'file';
  /** `image/png`, `application/pdf` …; null where the dialect does not say (URLs). */
  readonly mediaType: string | null;
  readonly source: MediaSource;
  /** File name or title. */
  readonly name: string | null;
  /** OpenAI's image detail: low, high, auto … */
  readonly detail: string | null;
  readonly cache?: CacheMark;
}

export interface ToolCallPart {
  readonly type: 'toolCall';
  /** `custom`: its input is free text, no JSON (OpenAI). */
  readonly kind: 'function' | 'custom';
  readonly id: string;
  readonly name: string;
  /** JSON text of an object, exactly as the model wrote it; free text where `kind` is custom. */
  readonly arguments: string;
  readonly signature?: Signature;
  readonly cache?: CacheMark;
}

export interface ToolResultPart {
  readonly type: 'toolResult';
  /** The call it answers. */
  readonly callId: string;
  /** The tool's name where the dialect says it; else encoders find it by the call's id (`toolNames`). */
  readonly name: string | null;
  readonly kind: 'function' | 'custom';
  readonly parts: readonly (TextPart | MediaPart)[];
  readonly isError: boolean;
  readonly cache?: CacheMark;
}

export interface ReasoningPart {
  readonly type: 'reasoning';
  /** Empty where it is redacted or only its proof was given. */
  readonly text: string;
  readonly signature?: Signature;
  /** Anthropic `redacted_thinking`: the signature's value is its data. */
  readonly redacted?: boolean;
  /** The item's id in OpenAI responses, needed beside its encrypted content. */
  readonly id?: string;
}

export interface RefusalPart {
  readonly type: 'refusal';
  readonly text: string;
}

export type Part = TextPart | MediaPart | ToolCallPart | ToolResultPart | ReasoningPart | RefusalPart;

/**
 * `system` and `developer` may stand anywhere, in the client's order. Tool results are parts of `user` messages;
 * reasoning, tool calls and refusals are parts of `assistant` messages. Order of parts is kept.
 */
export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant';
  readonly parts: readonly Part[];
  /** OpenAI's participant name. */
  readonly name?: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export interface FunctionTool {
  readonly kind: 'function';
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of the arguments; null where none was given (a function without arguments). */
  readonly schema: JsonObject | null;
  readonly strict: boolean | null;
  readonly cache?: CacheMark;
}

/** Takes free text (OpenAI `custom`). Dialects without such tools get a function with one string argument `input`. */
export interface CustomTool {
  readonly kind: 'custom';
  readonly name: string;
  readonly description: string | null;
  /** OpenAI's `format` as it came: text or a grammar. */
  readonly format: JsonObject | null;
}

/** A tool that the upstream itself runs (web search, code interpreter, bash of Anthropic …): only its own dialect can hold it. */
export interface HostedTool {
  readonly kind: 'hosted';
  readonly type: string;
  readonly name: string | null;
}

export type Tool = FunctionTool | CustomTool | HostedTool;

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  /** Some tool must be called. */
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string }
  /** One of these: `required`, or else just allowed. */
  | { readonly type: 'allowed'; readonly names: readonly string[]; readonly required: boolean };

export type OutputFormat =
  | { readonly type: 'json' }
  | {
      readonly type: 'schema';
      readonly name: string | null;
      readonly description: string | null;
      readonly schema: JsonObject;
      readonly strict: boolean | null;
    };

export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** What the client wants of the model's reasoning. All null/absent = the model's own default. */
export interface ReasoningWish {
  /** `none` = do not reason. */
  readonly effort: Effort | null;
  /** Tokens it may think at most; -1 = as many as it likes (Gemini's dynamic budget). */
  readonly budgetTokens: number | null;
  /** The model decides how much (Anthropic adaptive). */
  readonly adaptive: boolean;
  /** The client wants to see it: includeThoughts, summary, display. Null where it does not say. */
  readonly visible: boolean | null;
}

export interface Sampling {
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly topK: number | null;
  readonly presencePenalty: number | null;
  readonly frequencyPenalty: number | null;
  readonly seed: number | null;
  readonly logprobs: boolean | null;
  readonly topLogprobs: number | null;
  readonly logitBias: JsonObject | null;
  /** How many answers; null or 1 = one. */
  readonly candidates: number | null;
}

export interface Turn {
  /** The name the client asked for. */
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice | null;
  readonly parallelToolCalls: boolean | null;
  readonly output: OutputFormat | null;
  readonly reasoning: ReasoningWish | null;
  readonly sampling: Sampling;
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  readonly user: string | null;
  /** OpenAI's prompt_cache_key. */
  readonly cacheKey: string | null;
  readonly verbosity: string | null;
  readonly serviceTier: string | null;
  /** The client's own fields that the hub does not carry, by their wire name: for `x-sluice-dropped`. Harmless ones only. */
  readonly dropped: readonly string[];
  /** What the client calls the members that encoders name as chat does when they leave them out. */
  readonly clientNames: ClientNames;
}
