// How something about to be removed is put back as it was, secrets included.
import type { Settings } from '../contract/schemas/settings.ts';
import type { Credential, Snapshot } from '../registry/snapshot.ts';
import { ConflictError } from './controlErrors.ts';
import { accountIn, clientKeyIn, endpointIn } from './lookUp.ts';

/** Changes a draft; throws ConflictError where the place is taken, NotFoundError where it is gone. */
export type PutBack = (draft: Settings) => void;

interface HasSecret {
  id: string;
  secret?: unknown;
}

/** As a draft takes it. The secret is written out where it can be read, for the vault forgets it with the removal. */
function copyOf<T extends HasSecret>(item: T, holders: readonly { id: string; credential: Credential }[]): T {
  const copy = structuredClone(item);
  const credential = holders.find(({ id }) => id === item.id)?.credential;
  if (credential?.state === 'ready' && credential.source === 'vault') copy.secret = credential.secret;
  return copy;
}

function insert<T extends { id: string }>(list: T[], item: T, index: number): void {
  if (list.some(({ id }) => id === item.id)) throw new ConflictError(`There is another "${item.id}" by now.`);
  list.splice(Math.min(index, list.length), 0, structuredClone(item));
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

function accountHolders(snapshot: Snapshot, endpointId: string) {
  return snapshot.endpoints.find(({ id }) => id === endpointId)?.accounts ?? [];
}

export function putBackEndpoint(settings: Settings, snapshot: Snapshot, id: string): PutBack {
  const endpoint = structuredClone(endpointIn(settings, id));
  const index = settings.endpoints.findIndex((one) => one.id === id);
  const holders = accountHolders(snapshot, id);
  endpoint.accounts = endpoint.accounts.map((account) => copyOf(account, holders));
  return (draft) => insert(draft.endpoints, endpoint, index);
}

export function putBackAccount(
  settings: Settings,
  snapshot: Snapshot,
  ids: { id: string; accountId: string },
): PutBack {
  const { accounts, baseUrl } = endpointIn(settings, ids.id);
  const account = copyOf(accountIn(settings, ids.id, ids.accountId), accountHolders(snapshot, ids.id));
  const index = accounts.findIndex((one) => one.id === ids.accountId);
  return (draft) => {
    const endpoint = endpointIn(draft, ids.id);
    // A key belongs to the server it was given for.
    if (originOf(endpoint.baseUrl) !== originOf(baseUrl))
      throw new ConflictError('The endpoint has another server now. Enter the key again.');
    insert(endpoint.accounts, account, index);
  };
}

export function putBackClientKey(settings: Settings, snapshot: Snapshot, id: string): PutBack {
  const key = copyOf(clientKeyIn(settings, snapshot, id), snapshot.clientKeys);
  const index = settings.clientKeys.findIndex((one) => one.id === id);
  return (draft) => insert(draft.clientKeys, key, index);
}
