/** What the upstream means to say, before any fault touches it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** A whole body, or the events of a stream (without the blank line that ends each). */
  body: { bytes: Buffer } | { events: string[] };
}

export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: { bytes: Buffer.from(JSON.stringify(value)) },
  };
}

export function bytesAnswer(bytes: Buffer, contentType: string): Answer {
  return { status: 200, headers: { 'content-type': contentType }, body: { bytes } };
}

/** Each value becomes one `data:` event; [DONE] is added. */
export function streamAnswer(values: readonly unknown[]): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    body: { events: [...values.map((value) => `data: ${JSON.stringify(value)}`), 'data: [DONE]'] },
  };
}

/** An error in OpenAI's shape. */
export function errorAnswer(
  status: number,
  error: { message: string; type?: string; code?: string | null; param?: string | null },
  headers: Record<string, string> = {},
): Answer {
  const { message, type = 'invalid_request_error', code = null, param = null } = error;
  return jsonAnswer({ error: { message, type, param, code } }, status, headers);
}
