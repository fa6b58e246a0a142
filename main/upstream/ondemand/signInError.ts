import type { UpstreamHeaders } from '../transport.ts';

/** No tokens were to be had. The status is the one that says rightly whose fault it is, not always the one that came. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly status: number;
  /** `sign_in_refused`: e-mail and password are not accepted. */
  readonly errorCode: 'sign_in_refused' | 'sign_in_failed';
  /** Of the answer: they may say when to come back. */
  readonly headers: UpstreamHeaders;
  constructor(
    status: number,
    errorCode: SignInError['errorCode'],
    message: string,
    headers: UpstreamHeaders = {},
  ) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.headers = headers;
  }
}
