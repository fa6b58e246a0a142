import { accountingLine, withoutAccounting } from '../protocol/messages/accountingLines.ts';
import { tokenCountBody } from '../protocol/messages/tokenCount.ts';
import { isConversation } from '../protocol/operation.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import type { BuiltRequest, UpstreamDriver } from './driver.ts';
import { nextAnthropicPage, readAnthropicModels } from './readAnthropicModels.ts';
import type { BodyDraft } from './repair/bodyDraft.ts';
import { acceptFor, pickHeaders, upstreamHeaders } from './upstreamHeaders.ts';
import { putModel, writeBody } from './writeBody.ts';

/** With or without `/v1`, or with the whole path pasted. */
function anthropicUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/v1(?:\/messages(?:\/count_tokens)?|\/models)?$/i, '')}/v1/${path}`;
}

const passed = ['accept', 'anthropic-version', 'anthropic-beta', 'idempotency-key'] as const;
const defaultVersion = '2023-06-01';

/** Tokens of a login instead of a key are sent otherwise, and only with this beta. */
const isOauthToken = (secret: string): boolean => secret.startsWith('sk-ant-oat');
const oauthBeta = 'oauth-2025-04-20';

function withBeta(betas: string | undefined, beta: string): string {
  const list = (betas ?? '').split(',').map((name) => name.trim());
  return [...new Set([...list, beta])].filter((name) => name !== '').join(',');
}

function headersFor(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = { 'anthropic-version': defaultVersion, ...own };
  const { credential } = account;
  if (credential.state === 'ready') {
    if (isOauthToken(credential.secret)) {
      headers.authorization = `Bearer ${credential.secret}`;
      headers['anthropic-beta'] = withBeta(headers['anthropic-beta'], oauthBeta);
    } else headers['x-api-key'] = credential.secret;
  }
  return upstreamHeaders(endpoint, headers);
}

/** Of other makers' models behind this protocol none is Anthropic's to bill, and most keep prompts by their beginning. */
function leaveOutAccounting(draft: BodyDraft, model: string): void {
  if (/claude/i.test(model)) return;
  const system = draft.read('system');
  const told = withoutAccounting(system);
  if (told === system) return;
  draft.set('system', told);
  draft.note(`left out ${accountingLine}`);
}

function reasonAgainst(name: string): string {
  if (name === 'embeddings' || name === 'embedContent' || name === 'batchEmbedContents')
    return 'Anthropic has no embeddings.';
  if (name === 'completions') return 'Anthropic completes no bare prompts; use chat/completions.';
  if (name === 'moderations') return 'Anthropic has no moderations.';
  if (name === 'rerank') return 'Anthropic does not rerank.';
  if (name.startsWith('images/')) return 'Anthropic makes no images.';
  if (name.startsWith('audio/')) return 'Anthropic neither speaks nor listens.';
  return `Anthropic has no ${name}.`;
}

/** Anthropic, or a server that speaks its Messages API. */
export const anthropicDriver: UpstreamDriver = {
  kind: 'anthropic',
  unsupported: (operation) => (isConversation(operation) ? null : reasonAgainst(operation.name)),
  dialectFor: () => 'messages',
  build(call, target, quirks): BuiltRequest {
    const { endpoint, account } = target;
    const { body, contentType, repairs } = writeBody(call, target, quirks, (draft) => {
      putModel(call, target, draft);
      leaveOutAccounting(draft, target.upstreamModel);
    });
    const { 'anthropic-beta': beta, ...others } = pickHeaders(call.passHeaders, passed);
    const withoutBeta = beta !== undefined && quirks.has('drop:anthropic-beta');
    return {
      method: 'POST',
      url: anthropicUrl(endpoint.baseUrl, 'messages'),
      headers: headersFor(endpoint, account, {
        accept: acceptFor(call.stream),
        ...others,
        ...(beta === undefined || withoutBeta ? {} : { 'anthropic-beta': beta }),
        'content-type': contentType,
      }),
      body,
      repairs: withoutBeta ? [...repairs, 'left out anthropic-beta'] : repairs,
    };
  },
  buildTokenCount(body, { endpoint, account, upstreamModel }, passHeaders): BuiltRequest {
    return {
      method: 'POST',
      url: anthropicUrl(endpoint.baseUrl, 'messages/count_tokens'),
      headers: headersFor(endpoint, account, {
        ...pickHeaders(passHeaders, passed),
        accept: 'application/json',
        'content-type': 'application/json',
      }),
      body: Buffer.from(JSON.stringify({ ...tokenCountBody(body), model: upstreamModel })),
      repairs: [],
    };
  },
  buildModelList: (endpoint, account) => ({
    method: 'GET',
    url: anthropicUrl(endpoint.baseUrl, 'models?limit=1000'),
    headers: headersFor(endpoint, account, { accept: 'application/json' }),
    body: null,
    repairs: [],
  }),
  readModelList: readAnthropicModels,
  nextModelPage: nextAnthropicPage,
};
