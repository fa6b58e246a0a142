// How something about to be removed is put back as it was, secrets included.
import type { Settings } from '../contract/schemas/settings.ts';
import { type DocumentWithSecrets, secretSpots, vaultRefOf } from '../registry/secretSpots.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { ConflictError } from './controlErrors.ts';
import { accountIn, clientKeyIn, endpointIn } from './lookUp.ts';

/** Changes a draft; throws ConflictError where the place is taken, NotFoundError where it is gone. */
export type PutBack = (draft: Settings) => void;

/** The secret behind a vault reference of the configuration in force; null where it can't be read. */
export type Reveal = (ref: string) => string | null;

/** Changes the document: its secrets stand in it in clear where they can be read, for the vault forgets them with the removal. */
export function writeOut(document: DocumentWithSecrets, reveal: Reveal): void {
  for (const { secret, replace } of secretSpots(document)) {
    const ref = vaultRefOf(secret);
    const found = ref === null ? null : reveal(ref);
    if (found !== null) replace(found);
  }
}

function insert<T extends { id: string }>(list: T[], item: T, index: number): void {
  if (list.some(({ id }) => id === item.id)) throw new ConflictError(`There is another "${item.id}" by now.`);
  list.splice(Math.min(index, list.length), 0, structuredClone(item));
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

export function putBackEndpoint(settings: Settings, reveal: Reveal, id: string): PutBack {
  const endpoint = structuredClone(endpointIn(settings, id));
  const index = settings.endpoints.findIndex((one) => one.id === id);
  writeOut({ endpoints: [endpoint] }, reveal);
  return (draft) => insert(draft.endpoints, endpoint, index);
}

export function putBackAccount(
  settings: Settings,
  reveal: Reveal,
  ids: { id: string; accountId: string },
): PutBack {
  const { accounts, baseUrl } = endpointIn(settings, ids.id);
  const account = structuredClone(accountIn(settings, ids.id, ids.accountId));
  const index = accounts.findIndex((one) => one.id === ids.accountId);
  writeOut({ endpoints: [{ id: ids.id, accounts: [account] }] }, reveal);
  return (draft) => {
    const endpoint = endpointIn(draft, ids.id);
    // A key belongs to the server it was given for.
    if (originOf(endpoint.baseUrl) !== originOf(baseUrl))
      throw new ConflictError('The endpoint has another server now. Enter the key again.');
    insert(endpoint.accounts, account, index);
  };
}

export function putBackClientKey(
  settings: Settings,
  snapshot: Snapshot,
  reveal: Reveal,
  id: string,
): PutBack {
  const key = structuredClone(clientKeyIn(settings, snapshot, id));
  const index = settings.clientKeys.findIndex((one) => one.id === id);
  writeOut({ clientKeys: [key] }, reveal);
  return (draft) => insert(draft.clientKeys, key, index);
}
