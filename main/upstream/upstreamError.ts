/** What an upstream, or the way to it, said to a probe. Redacted. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  /** HTTP status, or null where none came. */
  readonly status: number | null;
  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}
