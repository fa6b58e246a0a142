import { GatewayError } from '../../base/gatewayError.ts';

/** The dialect of this upstream can't hold a part of the request, and leaving it out would change what was asked. */
export class CannotHoldError extends GatewayError {
  /** `what` of the request can't be sent, and why, as one sentence that says what to do instead. */
  constructor(message: string, param?: string) {
    super('invalid_request', message, { param });
  }
}

/** An upstream's answer is not of the dialect it should be. */
export class ForeignEventError extends Error {
  override readonly name = 'ForeignEventError';
}
