// What a request asks of the model, in no dialect: what the fake's answers are decided by, and what tests look into.

export interface AskedTool {
  readonly kind: 'function' | 'custom';
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of the arguments as it came; null where none did. */
  readonly schema: Record<string, unknown> | null;
}

export interface AskedMedia {
  readonly mediaType: string | null;
  /** Null where it is behind `url`. */
  readonly bytes: Buffer | null;
  readonly url: string | null;
}

export interface Asked {
  readonly model: string;
  readonly stream: boolean;
  /** Every system and developer text, a line each. */
  readonly system: string;
  /** Texts of the newest user message that says something. */
  readonly userText: string;
  readonly tools: readonly AskedTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly parallel: boolean;
  /** Results of the newest round of calls, where the conversation ends in them. */
  readonly results: readonly string[];
  /** Pictures and files of the whole conversation. */
  readonly media: readonly AskedMedia[];
  /** `{}` where any JSON is wanted, null where none is. */
  readonly outputSchema: Record<string, unknown> | null;
  readonly thinking: boolean;
  /** The thoughts are to be seen. */
  readonly showsThoughts: boolean;
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  readonly temperature: number | null;
  /** All that counts as prompt. */
  readonly promptText: string;
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; what else stands in it is left out. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function objectOr(value: unknown, otherwise: Json = {}): Json {
  return isObject(value) ? value : otherwise;
}

export function stringOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A data URL's picture, or the address of one. */
export function mediaOfUrl(url: string, mediaType: string | null = null): AskedMedia {
  const data = /^data:([^;,]+)[^,]*;base64,(.*)$/s.exec(url);
  if (!data) return { mediaType, bytes: null, url };
  return { mediaType: data[1] ?? null, bytes: Buffer.from(data[2] ?? '', 'base64'), url: null };
}

export function mediaOfBase64(data: unknown, mediaType: unknown): AskedMedia {
  return {
    mediaType: stringOr(mediaType, null),
    bytes: Buffer.from(stringOr(data, ''), 'base64'),
    url: null,
  };
}
