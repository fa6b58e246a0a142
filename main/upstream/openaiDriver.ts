import { type ModelListing, plainListing } from '../contract/modelListing.ts';
import { editEnvelope } from '../protocol/jsonEnvelope.ts';
import { editMultipart } from '../protocol/multipart.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import type { BuiltRequest, UpstreamCall, UpstreamDriver, UpstreamTarget } from './driver.ts';
import type { Quirk } from './quirk.ts';

/** `https://host` and `https://host/v1/` mean the same; a version part of any number is kept. */
export function openAiUrl(baseUrl: string, path: string): string {
  return /\/v\d+[a-z0-9]*(?:\/|$)/i.test(baseUrl) ? `${baseUrl}/${path}` : `${baseUrl}/v1/${path}`;
}

function headersFor(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  base: Record<string, string>,
): Record<string, string> {
  // Compressed answers could not be watched as they pass, and could be bombs.
  const headers: Record<string, string> = { ...base, 'accept-encoding': 'identity' };
  if (account.credential.state === 'ready') headers.authorization = `Bearer ${account.credential.secret}`;
  for (const [name, value] of Object.entries(endpoint.headers)) headers[name.toLowerCase()] = value;
  return headers;
}

function bodyOf(
  call: UpstreamCall,
  target: UpstreamTarget,
  quirks: ReadonlySet<Quirk>,
): { body: Buffer; repairs: string[] } {
  const { payload } = call;
  if (payload.form === 'encoded') return { body: Buffer.from(JSON.stringify(payload.body)), repairs: [] };
  if (payload.form === 'multipart')
    return { body: editMultipart(payload.envelope, target.upstreamModel), repairs: [] };
  const streamsChat = call.stream && call.operation.answer === 'chat';
  const dropStreamOptions = streamsChat && quirks.has('no-stream-options');
  const body = editEnvelope(payload.envelope, {
    model: target.upstreamModel,
    includeUsage: streamsChat && !dropStreamOptions,
    dropStreamOptions,
  });
  return { body, repairs: dropStreamOptions ? ['left out stream_options'] : [] };
}

/** Any OpenAI-compatible server. */
export const openaiDriver: UpstreamDriver = {
  kind: 'openai',
  unsupported: () => null,
  dialectFor: () => 'chat',
  buildTokenCount: () => null,
  build(call, target, quirks): BuiltRequest {
    const { endpoint, account } = target;
    const { body, repairs } = bodyOf(call, target, quirks);
    const contentType = call.payload.form === 'multipart' ? call.payload.contentType : 'application/json';
    return {
      method: 'POST',
      url: openAiUrl(endpoint.baseUrl, call.operation.name),
      headers: headersFor(endpoint, account, {
        accept: call.stream ? 'text/event-stream' : '*/*',
        ...call.passHeaders,
        'content-type': contentType,
      }),
      body,
      repairs,
    };
  },
  buildModelList: (endpoint, account) => ({
    method: 'GET',
    url: openAiUrl(endpoint.baseUrl, 'models'),
    headers: headersFor(endpoint, account, { accept: 'application/json' }),
    body: null,
    repairs: [],
  }),
  readModelList(body): ModelListing[] {
    const answer = JSON.parse(body.toString('utf8')) as { data?: unknown } | unknown[];
    const list = Array.isArray(answer) ? answer : answer.data;
    if (!Array.isArray(list)) throw new Error('the answer holds no list of models');
    return list
      .map((model: unknown) => (typeof model === 'string' ? model : (model as { id?: unknown } | null)?.id))
      .filter((id): id is string => typeof id === 'string' && id.trim() !== '')
      .map((id) => plainListing(id.trim()));
  },
};
