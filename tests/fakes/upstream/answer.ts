export interface EventsBody {
  /** Without the blank line that ends each. */
  events: string[];
  /** The dialect's in-stream error after `at` events, for the faults that want one; OpenAI chat's where absent. */
  error?: (at: number) => string;
}

/** What the upstream means to say, before any fault touches it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: { bytes: Buffer } | EventsBody;
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

/** Events as they stand on the wire. */
export function eventsAnswer(events: string[], headers: Record<string, string> = {}): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...headers,
    },
    body: { events },
  };
}

/** Each value becomes one `data:` event; [DONE] is added. */
export function streamAnswer(values: readonly unknown[]): Answer {
  return eventsAnswer([...values.map((value) => `data: ${JSON.stringify(value)}`), 'data: [DONE]']);
}

/** Each value becomes one `data:` event and no more. */
export function dataStreamAnswer(values: readonly unknown[]): Answer {
  return eventsAnswer(values.map((value) => `data: ${JSON.stringify(value)}`));
}

/** One event in the form of Anthropic and of OpenAI's responses: named by its type. */
export function namedEvent(value: { readonly type: string; readonly [name: string]: unknown }): string {
  return `event: ${value.type}\ndata: ${JSON.stringify(value)}`;
}

export function namedStreamAnswer(
  values: readonly { readonly type: string }[],
  headers?: Record<string, string>,
): Answer {
  return eventsAnswer(
    values.map((value) => namedEvent({ ...value })),
    headers,
  );
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
