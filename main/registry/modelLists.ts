import type { ModelListing } from '../contract/modelListing.ts';

/** What endpoints answered when asked for their list. Runtime state: it outlives edits, not the process. */
export interface ModelLists {
  /** Null where the list has not been learned yet. */
  get(endpointId: string): readonly ModelListing[] | null;
  /** The ids alone, for routing. Null where the list has not been learned yet. */
  names(endpointId: string): ReadonlySet<string> | null;
  find(endpointId: string, upstreamModel: string): ModelListing | null;
  /** Of listings with one id the first counts. */
  set(endpointId: string, listings: readonly ModelListing[]): void;
  forget(endpointId: string): void;
}

interface KnownList {
  readonly listings: readonly ModelListing[];
  readonly names: ReadonlySet<string>;
  readonly byId: ReadonlyMap<string, ModelListing>;
}

function knownList(given: readonly ModelListing[]): KnownList {
  const byId = new Map<string, ModelListing>();
  for (const listing of given) if (!byId.has(listing.id)) byId.set(listing.id, Object.freeze(listing));
  return { listings: Object.freeze([...byId.values()]), names: new Set(byId.keys()), byId };
}

export function createModelLists(): ModelLists {
  const lists = new Map<string, KnownList>();
  return {
    get: (endpointId) => lists.get(endpointId)?.listings ?? null,
    names: (endpointId) => lists.get(endpointId)?.names ?? null,
    find: (endpointId, upstreamModel) => lists.get(endpointId)?.byId.get(upstreamModel) ?? null,
    set: (endpointId, listings) => void lists.set(endpointId, knownList(listings)),
    forget: (endpointId) => void lists.delete(endpointId),
  };
}
