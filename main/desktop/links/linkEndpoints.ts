// What a person is shown of a link before deciding. No secret of it is in here.
import { maskSecret } from '../../base/redact.ts';
import type { LinkEndpoint } from '../../contract/schemas/link.ts';
import type { ImportPlan } from '../../contract/schemas/transfer.ts';
import type { LinkPayload } from './parseLink.ts';

function isThisMachine(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

/** The file that an import takes, with the link's secrets in it: it goes to the operations and nowhere else. */
export function importText({ endpoints }: LinkPayload): string {
  const written = endpoints.map(({ accounts, ...endpoint }, index) => ({
    ...endpoint,
    id: `link-${index + 1}`,
    accounts: accounts.map((account, at) => ({ ...account, id: `a${at + 1}` })),
  }));
  return JSON.stringify({ version: 1, endpoints: written });
}

/** `plan` is what an import of the very same endpoints would do. */
export function linkEndpoints({ endpoints }: LinkPayload, plan: ImportPlan): LinkEndpoint[] {
  return plan.endpoints.flatMap(({ key, existing, brings, name, kind }, index) => {
    const linked = endpoints[index];
    if (!linked) return [];
    const { protocol, host, hostname } = new URL(linked.baseUrl);
    return [
      {
        key,
        name,
        kind,
        baseUrl: linked.baseUrl,
        host,
        readable: protocol === 'http:' && !isThisMachine(hostname),
        keys: linked.accounts.map(({ secret }) => maskSecret(secret)),
        models: linked.models,
        mapping: Object.entries(linked.modelMapping),
        existing,
        brings,
      },
    ];
  });
}
