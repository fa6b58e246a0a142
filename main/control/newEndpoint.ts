import type { AccountInput, EndpointInput } from '../contract/operations.ts';
import type { Account, Endpoint } from '../contract/schemas/endpoint.ts';
import { slug } from './uniqueId.ts';

/** The id a new endpoint would like: from its name, else its host, else its kind. Always a valid id; it may be taken. */
export function wishedId(input: Pick<EndpointInput, 'name' | 'baseUrl' | 'kind'>): string {
  const named = slug(input.name);
  if (named) return named;
  const host = URL.canParse(input.baseUrl) ? new URL(input.baseUrl).hostname : '';
  const numeric = /^[\d.:[\]a-f]*$/.test(host);
  const label = numeric ? '' : host.split('.').reduce((a, b) => (b.length > a.length ? b : a), '');
  return slug(label) || input.kind;
}

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

export function newEndpoint(id: string, input: EndpointInput): Endpoint {
  return {
    id,
    name: input.name,
    kind: input.kind,
    baseUrl: input.baseUrl,
    enabled: input.enabled,
    priority: input.priority,
    weight: input.weight,
    accounts: input.accounts.map((account, index) => newAccount(`a${index + 1}`, account)),
    models: input.models,
    modelMapping: input.modelMapping,
    limits: input.limits,
    headers: input.headers,
    proxy: input.proxy,
    options: input.options,
  };
}
