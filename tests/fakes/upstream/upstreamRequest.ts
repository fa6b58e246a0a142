import type { ReadRequest } from './httpReader.ts';
import { type FormPart, parseMultipart } from './multipart.ts';

/** A request as the upstream understands it. */
export interface UpstreamRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  rawHeaders: string[];
  body: Buffer;
  /** The body where it is JSON, else undefined. */
  json: Record<string, unknown> | undefined;
  /** The body where it is multipart/form-data, else undefined. */
  form: FormPart[] | undefined;
  /** The credential, whichever header or query field carried it. */
  key: string | null;
  model: string | null;
}

function jsonOf(request: ReadRequest): Record<string, unknown> | undefined {
  if (!request.headers['content-type']?.includes('json')) return undefined;
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function formOf(request: ReadRequest): FormPart[] | undefined {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return undefined;
  try {
    return parseMultipart(type, request.body);
  } catch {
    return undefined;
  }
}

/** Gemini's model and Azure's deployment. */
function modelInPath(path: string): string | null {
  const name = /\/deployments\/([^/]+)\/|\/models\/([^/]+):\w+$/.exec(path)?.slice(1).find(Boolean);
  return name === undefined ? null : decodeURIComponent(name);
}

export function readUpstreamRequest(request: ReadRequest): UpstreamRequest {
  const url = new URL(request.target, 'http://upstream');
  const json = jsonOf(request);
  const form = formOf(request);
  const formModel = form?.find((part) => part.name === 'model')?.bytes.toString('utf8');
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { headers } = request;
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    rawHeaders: request.rawHeaders,
    body: request.body,
    json,
    form,
    key:
      bearer ??
      headers['x-api-key'] ??
      headers['api-key'] ??
      headers['x-goog-api-key'] ??
      url.searchParams.get('key'),
    model: typeof json?.model === 'string' ? json.model : (formModel ?? modelInPath(url.pathname)),
  };
}
