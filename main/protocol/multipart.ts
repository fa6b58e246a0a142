// Finds and replaces the `model` field of a multipart form without touching its files.
import { GatewayError } from '../base/gatewayError.ts';
import { type Span, spliceBytes } from '../base/jsonMembers.ts';

export interface MultipartEnvelope {
  readonly body: Buffer;
  readonly model: string;
  readonly modelSpan: Span;
  readonly stream: boolean;
}

function boundaryOf(contentType: string): Buffer {
  const match = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary)
    throw new GatewayError('invalid_request', 'The multipart body needs a boundary in its Content-Type.');
  return Buffer.from(`--${boundary}`);
}

const HEADERS_END = Buffer.from('\r\n\r\n');
const maxFieldBytes = 1_024;

/** The span of a plain field's value, or null where the form has no such field. */
function findField(body: Buffer, boundary: Buffer, name: string): Span | null {
  for (let at = body.indexOf(boundary); at >= 0; ) {
    const headersEnd = body.indexOf(HEADERS_END, at);
    const next = body.indexOf(boundary, at + boundary.length);
    if (headersEnd < 0 || next < 0) return null;
    const headers = body.toString('utf8', at + boundary.length, headersEnd);
    if (
      headersEnd < next &&
      new RegExp(`\\bname="?${name}"?(?:;|\\s|$)`, 'i').test(headers) &&
      !/filename/i.test(headers)
    ) {
      return { start: headersEnd + HEADERS_END.length, end: next - 2 };
    }
    at = next;
  }
  return null;
}

/** Throws GatewayError `invalid_request` where the form names no model. */
export function readMultipart(body: Buffer, contentType: string): MultipartEnvelope {
  const boundary = boundaryOf(contentType);
  const modelSpan = findField(body, boundary, 'model');
  const model =
    modelSpan && modelSpan.end - modelSpan.start <= maxFieldBytes
      ? body.toString('utf8', modelSpan.start, modelSpan.end).trim()
      : '';
  if (!modelSpan || !model) {
    throw new GatewayError('invalid_request', 'Say which model you want: the form needs a field "model".', {
      param: 'model',
    });
  }
  const stream = findField(body, boundary, 'stream');
  return {
    body,
    model,
    modelSpan,
    stream: stream !== null && body.toString('utf8', stream.start, stream.end).trim() === 'true',
  };
}

/** The form with another model name; the same buffer where it is the same. */
export function editMultipart(envelope: MultipartEnvelope, model: string): Buffer {
  return model === envelope.model
    ? envelope.body
    : spliceBytes(envelope.body, [{ ...envelope.modelSpan, text: model }]);
}
