import { tokenCountBody } from '../protocol/gemini/tokenCount.ts';
import { isFields } from '../protocol/hub/reader.ts';
import { isConversation } from '../protocol/operation.ts';
import type { BuiltRequest, UpstreamCall, UpstreamDriver, UpstreamTarget } from './driver.ts';
import { geminiListUrl, geminiModelName, geminiUrl } from './geminiUrl.ts';
import { nextGeminiPage, readGeminiModels } from './readGeminiModels.ts';
import type { BodyDraft } from './repair/bodyDraft.ts';
import { acceptFor, keyedHeaders, pickHeaders } from './upstreamHeaders.ts';
import { writeBody } from './writeBody.ts';

const headersFor = keyedHeaders((secret) => ({ 'x-goog-api-key': secret }));

function methodOf({ operation, stream }: UpstreamCall): string {
  if (!isConversation(operation)) return operation.name;
  return stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
}

/** The path names the model; where a body names it too (embeddings), both must agree. */
function putModels(draft: BodyDraft, call: UpstreamCall, { upstreamModel }: UpstreamTarget): void {
  if (call.payload.form !== 'json' || call.payload.envelope.model === upstreamModel) return;
  const model = geminiModelName(upstreamModel);
  if (draft.has('model')) draft.set('model', model);
  const requests = draft.read('requests');
  if (!Array.isArray(requests)) return;
  draft.set(
    'requests',
    requests.map((request: unknown) => (isFields(request) ? { ...request, model } : request)),
  );
}

/** The Gemini API of Google, or a server that speaks it. */
export const geminiDriver: UpstreamDriver = {
  kind: 'gemini',
  unsupported(operation) {
    const { name, answer } = operation;
    if (answer === 'embeddings' || isConversation(operation)) return null;
    if (name === 'completions') return 'Gemini completes no bare prompts; use chat/completions.';
    return `The Gemini API is asked for answers and embeddings only, not for ${name}.`;
  },
  dialectFor: () => 'gemini',
  build(call, target, quirks): BuiltRequest {
    const { endpoint, account, upstreamModel } = target;
    const { body, contentType, repairs } = writeBody(call, target, quirks, (draft) =>
      putModels(draft, call, target),
    );
    return {
      method: 'POST',
      url: geminiUrl(endpoint.baseUrl, upstreamModel, methodOf(call)),
      headers: headersFor(endpoint, account, {
        accept: acceptFor(call.stream),
        ...pickHeaders(call.passHeaders, ['accept']),
        'content-type': contentType,
      }),
      body,
      repairs,
    };
  },
  buildTokenCount(body, { endpoint, account, upstreamModel }): BuiltRequest {
    return {
      method: 'POST',
      url: geminiUrl(endpoint.baseUrl, upstreamModel, 'countTokens'),
      headers: headersFor(endpoint, account, {
        accept: 'application/json',
        'content-type': 'application/json',
      }),
      body: Buffer.from(JSON.stringify(tokenCountBody(body, upstreamModel))),
      repairs: [],
    };
  },
  buildModelList: (endpoint, account) => ({
    method: 'GET',
    url: geminiListUrl(endpoint.baseUrl),
    headers: headersFor(endpoint, account, { accept: 'application/json' }),
    body: null,
    repairs: [],
  }),
  readModelList: readGeminiModels,
  nextModelPage: nextGeminiPage,
};
