import type { Quirk } from './quirk.ts';

/** What upstreams were found not to understand, by endpoint and model. Runtime state: it is learned again after a restart. */
export interface Quirks {
  of(endpointId: string, upstreamModel: string): ReadonlySet<Quirk>;
  learn(endpointId: string, upstreamModel: string, quirk: Quirk): void;
}

const none: ReadonlySet<Quirk> = new Set();
const capacity = 2_000;

export function createQuirks(): Quirks {
  const known = new Map<string, Set<Quirk>>();
  return {
    of: (endpointId, upstreamModel) => known.get(`${endpointId}\n${upstreamModel}`) ?? none,
    learn(endpointId, upstreamModel, quirk) {
      const key = `${endpointId}\n${upstreamModel}`;
      const set = known.get(key) ?? new Set();
      if (known.size >= capacity && !known.has(key)) known.delete(known.keys().next().value as string);
      known.set(key, set.add(quirk));
    },
  };
}
