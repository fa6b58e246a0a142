/** What stands in the way of an answer, for a client to read. */
export interface DialectError {
  readonly status: number;
  readonly message: string;
  /** OpenAI's error type (`invalid_request_error`, `server_error` …); the other dialects derive theirs from the status. */
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  /** Milliseconds after which it is worth trying again. */
  readonly retryAfterMs: number | null;
}
