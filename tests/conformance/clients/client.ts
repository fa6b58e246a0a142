// What a user of any SDK asks for and sees, so that one scenario serves them all.

export interface AskTool {
  readonly name: string;
  readonly description: string;
  readonly schema: {
    readonly type: 'object';
    readonly properties: Record<string, { readonly type: string; readonly description?: string }>;
    readonly required: string[];
  };
}

export interface Ask {
  readonly user: string;
  readonly system?: string;
  /** A PNG. */
  readonly image?: Buffer;
  readonly tools?: readonly AskTool[];
  /** The answer shall be JSON of this schema. */
  readonly output?: { readonly name: string; readonly schema: AskTool['schema'] };
  /** The model shall think, and show it. */
  readonly thinking?: boolean;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly stop?: readonly string[];
}

export interface SeenCall {
  readonly id: string | null;
  readonly name: string;
  readonly args: unknown;
}

/** One answer as the SDK's user has it. */
export interface Seen {
  readonly text: string;
  /** What the model thought; empty where nothing was shown. */
  readonly reasoning: string;
  readonly calls: readonly SeenCall[];
  readonly finish: 'stop' | 'length' | 'calls' | `other: ${string}`;
  readonly usage: {
    /** With `cached`, whatever the dialect's own way of counting. */
    readonly input: number;
    readonly cached: number;
    /** With `reasoning`. */
    readonly output: number;
    /** Null where the dialect has no place for it. */
    readonly reasoning: number | null;
  };
}

export interface SeenError {
  /** The SDK's class. */
  readonly name: string;
  /** HTTP status, null where there was none. */
  readonly status: number | null;
  readonly message: string;
}

export interface Where {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly key: string;
  readonly model: string;
  readonly fetch?: typeof fetch;
}

/** One conversation of an SDK's user. Both reject with the SDK's own error. */
export interface Dialog {
  say(signal?: AbortSignal): Promise<Seen>;
  /** The results of the calls that were seen, in their order; the next answer. */
  answer(results: readonly string[]): Promise<Seen>;
}

export type DialectName = 'chat' | 'responses' | 'messages' | 'gemini';

export interface Client {
  /** As the matrix calls it. */
  readonly title: string;
  readonly dialect: DialectName;
  /** `onEvent` is called for each event of a stream as it comes. */
  open(where: Where, ask: Ask, mode: { stream: boolean; onEvent?: () => void }): Dialog;
  readError(error: unknown): SeenError;
  /** The class that an HTTP status becomes. */
  errorName(status: number): string;
  /** What it calls the most tokens an answer may have. */
  readonly limitName: string;
  /** Whether it has an option for stop sequences. */
  readonly hasStop: boolean;
  /** Whether its types still have a temperature. */
  readonly hasTemperature: boolean;
}

export function dataUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

export function openaiErrorName(status: number): string {
  if (status === 429) return 'RateLimitError';
  return status >= 500 ? 'InternalServerError' : 'BadRequestError';
}

export function seenError(error: unknown): SeenError {
  if (!(error instanceof Error)) throw error;
  const { status } = error as { status?: unknown };
  return {
    name: error.constructor.name,
    status: typeof status === 'number' ? status : null,
    message: error.message,
  };
}
