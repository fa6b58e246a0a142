import { type ErrorCode, errorCatalogue } from '../contract/errorCodes.ts';
import { type AnswerOrigin, nobodyAsked } from './answerOrigin.ts';

export interface GatewayErrorOptions {
  /** After this many milliseconds it is worth trying again. */
  retryAfterMs?: number | undefined;
  /** The field of the request that is at fault. */
  param?: string | undefined;
}

/** An error of the catalogue, as the gateway answers it; the dialect gives it its shape. The message is for the client. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly type: string;
  readonly retryAfterMs: number | null;
  readonly param: string | null;
  /** Who was asked before it came to this. */
  origin: AnswerOrigin = nobodyAsked;
  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.type = errorCatalogue[code].type;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.param = options.param ?? null;
  }
}
