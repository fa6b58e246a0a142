// Finds what an id names, in a draft of the settings or in the snapshot in force, or says that there is none.
import type { ClientKey } from '../contract/schemas/clientKey.ts';
import type { Account, Endpoint } from '../contract/schemas/endpoint.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import type { CompiledAccount, CompiledClientKey, CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';
import { ConflictError, NotFoundError } from './controlErrors.ts';

export function endpointIn(settings: Settings, id: string): Endpoint {
  const endpoint = settings.endpoints.find((candidate) => candidate.id === id);
  if (!endpoint) throw new NotFoundError(`There is no endpoint "${id}".`);
  return endpoint;
}

export function accountIn(settings: Settings, endpointId: string, accountId: string): Account {
  const account = endpointIn(settings, endpointId).accounts.find((candidate) => candidate.id === accountId);
  if (!account) throw new NotFoundError(`Endpoint "${endpointId}" has no account "${accountId}".`);
  return account;
}

/** Throws ConflictError for a key that comes from the environment: no file holds it, so none can change it. */
export function clientKeyIn(settings: Settings, snapshot: Snapshot, id: string): ClientKey {
  const key = settings.clientKeys.find((candidate) => candidate.id === id);
  if (key) return key;
  if (snapshot.clientKeys.some((candidate) => candidate.id === id)) {
    throw new ConflictError(
      `Client key "${id}" comes from the environment (SLUICE_CLIENT_KEY). Change it there and restart.`,
    );
  }
  throw new NotFoundError(`There is no client key "${id}".`);
}

export function compiledEndpoint(snapshot: Snapshot, id: string): CompiledEndpoint {
  const endpoint = snapshot.endpoints.find((candidate) => candidate.id === id);
  if (!endpoint) throw new NotFoundError(`There is no endpoint "${id}".`);
  return endpoint;
}

export function compiledAccount(endpoint: CompiledEndpoint, accountId: string): CompiledAccount {
  const account = endpoint.accounts.find((candidate) => candidate.id === accountId);
  if (!account) throw new NotFoundError(`Endpoint "${endpoint.id}" has no account "${accountId}".`);
  return account;
}

export function compiledClientKey(snapshot: Snapshot, id: string): CompiledClientKey {
  const key = snapshot.clientKeys.find((candidate) => candidate.id === id);
  if (!key) throw new NotFoundError(`There is no client key "${id}".`);
  return key;
}
