import { isConversation } from '../../protocol/operation.ts';
import type { UpstreamDriver } from '../driver.ts';
import { upstreamHeaders } from '../upstreamHeaders.ts';
import { secretOf } from './accountAccess.ts';
import { modelListCall } from './modelListCall.ts';
import { readOndemandModels } from './readOndemandModels.ts';

function reasonAgainst(name: string): string {
  if (name === 'embeddings' || name === 'embedContent' || name === 'batchEmbedContents')
    return 'on-demand.io has no embeddings.';
  if (name === 'completions') return 'on-demand.io completes no bare prompts; use chat/completions.';
  if (name === 'moderations') return 'on-demand.io has no moderations.';
  if (name === 'rerank') return 'on-demand.io does not rerank.';
  if (name.startsWith('images/')) return 'on-demand.io makes no images.';
  if (name.startsWith('audio/')) return 'on-demand.io neither speaks nor listens.';
  return `on-demand.io has no ${name}.`;
}

/** on-demand.io. Its link makes the calls: a conversation takes several, and a login has to sign in first. */
export const ondemandDriver: UpstreamDriver = {
  kind: 'ondemand',
  unsupported: (operation) => (isConversation(operation) ? null : reasonAgainst(operation.name)),
  dialectFor: () => 'ondemand',
  build() {
    throw new TypeError('a conversation with on-demand.io takes several requests: open it by its link');
  },
  buildTokenCount: () => null,
  /** As an API key asks. */
  buildModelList(endpoint, account) {
    const { method, url, accept } = modelListCall(endpoint);
    const secret = account.email === null ? secretOf(account) : null;
    const key: Record<string, string> = secret === null ? {} : { apikey: secret };
    return { method, url, headers: upstreamHeaders(endpoint, { accept, ...key }), body: null, repairs: [] };
  },
  readModelList: readOndemandModels,
};
