import type { BuiltRequest, UpstreamDriver } from './driver.ts';
import { openaiBody } from './openaiBody.ts';
import { openaiDialect } from './openaiDialect.ts';
import { readOpenaiModels } from './readOpenaiModels.ts';
import { acceptFor, keyedHeaders, pickHeaders } from './upstreamHeaders.ts';

/** Whose paths have no version part, by their own documentation. */
const unversioned = /^https:\/\/(?:api\.perplexity\.ai|models\.github\.ai\/(?:orgs\/[^/]+\/)?inference)$/i;

/** `https://host` and `https://host/v1/` mean the same; a version part of any number is kept. */
function openaiUrl(baseUrl: string, path: string): string {
  const whole = unversioned.test(baseUrl) || /\/v\d+[a-z0-9]*(?:\/|$)/i.test(baseUrl);
  return whole ? `${baseUrl}/${path}` : `${baseUrl}/v1/${path}`;
}

const passed = ['accept', 'openai-beta', 'idempotency-key', 'http-referer', 'x-title'] as const;

/** OpenAI itself, also by its regional hosts; it alone is known to have both conversations. */
const openaiHost = /^https:\/\/(?:[a-z-]+\.)?api\.openai\.com(?::\d+)?(?:\/|$)/i;

const headersFor = keyedHeaders((secret) => ({ authorization: `Bearer ${secret}` }));

/** Any OpenAI-compatible server. */
export const openaiDriver: UpstreamDriver = {
  kind: 'openai',
  unsupported: () => null,
  dialectFor: (dialect, endpoint, upstreamModel, answer = 'chat') =>
    openaiDialect(dialect, endpoint, upstreamModel, answer, openaiHost.test(endpoint.baseUrl)),
  buildTokenCount: () => null,
  build(call, target, quirks): BuiltRequest {
    const { endpoint, account } = target;
    const { body, contentType, repairs } = openaiBody(call, target, quirks);
    return {
      method: 'POST',
      url: openaiUrl(endpoint.baseUrl, call.operation.name),
      headers: headersFor(endpoint, account, {
        accept: acceptFor(call.stream),
        ...pickHeaders(call.passHeaders, passed),
        'content-type': contentType,
      }),
      body,
      repairs,
    };
  },
  buildModelList: (endpoint, account) => ({
    method: 'GET',
    url: openaiUrl(endpoint.baseUrl, 'models'),
    headers: headersFor(endpoint, account, { accept: 'application/json' }),
    body: null,
    repairs: [],
  }),
  readModelList: readOpenaiModels,
};
