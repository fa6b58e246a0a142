import type { AccountInput, EndpointInput } from '../contract/endpointOperations.ts';
import type { Account, Endpoint } from '../contract/schemas/endpoint.ts';
import { refuseUntypedSecrets } from './concealed.ts';

/** A secret stands in the result in clear; whoever writes the settings moves it into the vault. */
export function newAccount(id: string, input: AccountInput): Account {
  return {
    id,
    name: input.name ?? '',
    ...(input.email === undefined ? {} : { email: input.email }),
    ...(input.secret === undefined ? {} : { secret: input.secret }),
    enabled: input.enabled ?? true,
    weight: input.weight ?? 1,
    limits: { ...input.limits },
  };
}

/** Throws InputInvalidError for a mask, or a reference to a vault, where a secret should stand. */
export function newEndpoint(id: string, input: EndpointInput): Endpoint {
  refuseUntypedSecrets({ ...input, id, accounts: [] }, null);
  return {
    id,
    name: input.name,
    kind: input.kind,
    baseUrl: input.baseUrl,
    enabled: input.enabled,
    priority: input.priority,
    weight: input.weight,
    free: input.free,
    accounts: input.accounts.map((account, index) => newAccount(`a${index + 1}`, account)),
    models: input.models,
    modelMapping: input.modelMapping,
    limits: input.limits,
    headers: input.headers,
    proxy: input.proxy,
    options: input.options,
  };
}
