// An endpoint as it stands in a form, compiled for a trial. It touches neither settings nor vault and is thrown away.
import type { EndpointInput } from '../contract/endpointOperations.ts';
import type { LimitOverrides, Limits } from '../contract/schemas/limits.ts';
import { mappingOf } from '../registry/mappingOf.ts';
import { compileModels } from '../registry/servedNames.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';

function merged(limits: Limits, own: LimitOverrides | undefined): Limits {
  return { ...limits, ...own };
}

/** The endpoint and the account to try it with: the first that is switched on, or one without a credential. */
export function compileDraft(input: EndpointInput): { endpoint: CompiledEndpoint; account: CompiledAccount } {
  const id = input.id ?? 'draft';
  const typed = input.accounts.find((account) => account.enabled !== false) ?? input.accounts[0];
  const accountId = typed ? 'a1' : 'none';
  const account: CompiledAccount = {
    key: `${id}/${accountId}`,
    id: accountId,
    name: typed?.name ?? '',
    email: typed?.email ?? null,
    credential: typed?.secret ? { state: 'ready', source: 'vault', secret: typed.secret } : { state: 'none' },
    enabled: true,
    weight: 1,
    limits: merged(input.limits, typed?.limits),
  };
  const endpoint: CompiledEndpoint = {
    id,
    name: input.name,
    kind: input.kind,
    baseUrl: input.baseUrl.replace(/\/+$/, ''),
    enabled: true,
    priority: input.priority,
    weight: input.weight,
    free: input.free,
    accounts: [account],
    ...compileModels(input.models),
    modelMapping: mappingOf(input),
    headers: input.headers,
    proxy: input.proxy,
    options: input.options,
  };
  return { endpoint, account };
}
