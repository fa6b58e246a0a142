// A wire whose far end answers by script, and notes what it was asked.
import type { Exchange, UpstreamRequest, UpstreamResponse } from '../../../../main/upstream/transport.ts';

export interface ScriptedReply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

export interface ScriptedSend {
  readonly send: (request: UpstreamRequest) => Exchange;
  readonly asked: Asked[];
  /** Paths of what was asked, without their beginning. */
  paths(): string[];
  /** Reasons with which exchanges were aborted. */
  readonly aborted: Error[];
}

function responseOf({ status = 200, body = {}, headers = {} }: ScriptedReply): UpstreamResponse {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    read(sink) {
      sink.data(bytes);
      sink.end();
    },
    pause: () => {},
    resume: () => {},
    abort: () => {},
  };
}

/** `answer` may return `never`: then the request hangs until it is aborted. */
export function scriptSend(answer: (asked: Asked) => ScriptedReply | Error | 'never'): ScriptedSend {
  const asked: Asked[] = [];
  const aborted: Error[] = [];
  return {
    asked,
    aborted,
    paths: () =>
      asked.map(({ path }) => path.replace(/^\/(?:chat\/v1|v1\/auth\/user|config\/v1\/public)\//, '')),
    send(request) {
      const one: Asked = {
        method: request.method,
        url: request.url,
        path: new URL(request.url).pathname,
        headers: request.headers,
        body: request.body === null ? {} : (JSON.parse(String(request.body)) as Record<string, unknown>),
      };
      asked.push(one);
      let fail: (error: Error) => void = () => {};
      const response = new Promise<UpstreamResponse>((resolve, reject) => {
        fail = reject;
        const reply = answer(one);
        if (reply === 'never') return;
        // As over a wire: not at once.
        setImmediate(() => (reply instanceof Error ? reject(reply) : resolve(responseOf(reply))));
      });
      return {
        response,
        abort(reason) {
          aborted.push(reason);
          fail(reason);
        },
      };
    },
  };
}
