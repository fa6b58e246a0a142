import type { UpstreamHeaders, UpstreamResponse } from '../transport.ts';

/** An answer whose body is here already: one that was read to be judged, or one of our own. */
export function madeResponse(status: number, headers: UpstreamHeaders, body: Buffer): UpstreamResponse {
  return {
    status,
    headers,
    read(sink) {
      if (body.length > 0) sink.data(body);
      sink.end();
    },
    pause: () => {},
    resume: () => {},
    abort: () => {},
  };
}

/** A refusal in the service's envelope, where no call could be made or its answer can't be shown. */
export function madeRefusal(
  status: number,
  errorCode: string,
  message: string,
  headers: UpstreamHeaders = {},
): UpstreamResponse {
  const body = Buffer.from(JSON.stringify({ errorCode, message }));
  return madeResponse(status, { ...headers, 'content-type': 'application/json' }, body);
}
