import { apiVersionOf } from '../contract/readOptions.ts';
import { azureUrl, hasResponses } from './azureUrl.ts';
import type { BuiltRequest, UpstreamDriver } from './driver.ts';
import { openaiBody } from './openaiBody.ts';
import { openaiDialect } from './openaiDialect.ts';
import { readOpenaiModels } from './readOpenaiModels.ts';
import { acceptFor, keyedHeaders, pickHeaders } from './upstreamHeaders.ts';

const passed = ['accept', 'openai-beta', 'idempotency-key'] as const;

const missing: Readonly<Record<string, string>> = {
  moderations: 'Azure OpenAI has no moderations: its content filter runs with each request.',
  rerank: 'Azure OpenAI does not rerank.',
  'images/variations': 'Azure OpenAI makes no variations of images.',
};

const headersFor = keyedHeaders((secret) => ({ 'api-key': secret }));

/** An Azure OpenAI resource. The model sent is the deployment's name. */
export const azureDriver: UpstreamDriver = {
  kind: 'azure',
  unsupported: (operation) => missing[operation.name] ?? null,
  dialectFor(dialect, endpoint, upstreamModel, answer = 'chat') {
    if (!hasResponses(apiVersionOf(endpoint.options))) return 'chat';
    return openaiDialect(dialect, endpoint, upstreamModel, answer, true);
  },
  buildTokenCount: () => null,
  build(call, target, quirks): BuiltRequest {
    const { endpoint, account, upstreamModel } = target;
    const { body, contentType, repairs } = openaiBody(call, target, quirks);
    return {
      method: 'POST',
      url: azureUrl(endpoint, call.operation.name, upstreamModel),
      headers: headersFor(endpoint, account, {
        accept: acceptFor(call.stream),
        ...pickHeaders(call.passHeaders, passed),
        'content-type': contentType,
      }),
      body,
      repairs,
    };
  },
  // Azure lists the models a resource could deploy, not the deployments it has: those are known to its management API alone,
  // which takes no key. The list is shown as it is; a deployment of another name is entered under `models` or mapped to.
  buildModelList: (endpoint, account) => ({
    method: 'GET',
    url: azureUrl(endpoint, 'models', null),
    headers: headersFor(endpoint, account, { accept: 'application/json' }),
    body: null,
    repairs: [],
  }),
  readModelList: readOpenaiModels,
};
