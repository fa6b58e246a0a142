// Applies an edit to an endpoint and decides which credentials survive it: a key belongs to one origin.
import type { EndpointPatch } from '../contract/endpointOperations.ts';
import type { Endpoint } from '../contract/schemas/endpoint.ts';
import { conceal, dropHeldSecrets, refuseUntypedSecrets, restored } from './concealed.ts';
import { NotFoundError } from './controlErrors.ts';
import { given } from './given.ts';
import { leavesOrigin } from './secretOrigins.ts';

/**
 * Changes `endpoint` in place. Where its credentials would go to another origin than before, all of them are dropped,
 * those in headers and options too, unless they were typed anew; `secrets` (by account id) brings new keys along.
 * Returns the ids of the accounts whose secret changed.
 */
export function patchEndpoint(
  endpoint: Endpoint,
  patch: EndpointPatch,
  secrets: Readonly<Record<string, string>>,
): string[] {
  const before = structuredClone(endpoint);
  const shown = conceal(before);
  const { limits, headers, options, proxy, ...plain } = given(patch);
  Object.assign(endpoint, plain);
  if (limits) Object.assign(endpoint.limits, given(limits));
  if (headers) endpoint.headers = restored(headers, shown.headers, before.headers);
  if (options) endpoint.options = restored(options, shown.options, before.options);
  if (proxy !== undefined) endpoint.proxy = restored(proxy, shown.proxy, before.proxy);
  refuseUntypedSecrets(endpoint, before);

  const changed = new Set<string>();
  if (leavesOrigin(before, endpoint)) {
    for (const account of endpoint.accounts) {
      if (account.secret === undefined) continue;
      delete account.secret;
      changed.add(account.id);
    }
    dropHeldSecrets(endpoint, before);
  }
  for (const [accountId, secret] of Object.entries(secrets)) {
    const account = endpoint.accounts.find((candidate) => candidate.id === accountId);
    if (!account) throw new NotFoundError(`Endpoint "${endpoint.id}" has no account "${accountId}".`);
    account.secret = secret;
    changed.add(accountId);
  }
  return [...changed];
}
