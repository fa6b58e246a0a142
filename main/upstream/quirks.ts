import type { Quirk } from './quirk.ts';

/** What upstreams were found not to understand, by endpoint and model. Runtime state: it is learned again after a restart. */
export interface Quirks {
  of(endpointId: string, upstreamModel: string): ReadonlySet<Quirk>;
  learn(endpointId: string, upstreamModel: string, quirk: Quirk): void;
}

/** Learning the one unlearns the other: an upstream behind one address may change. */
const opposites: Readonly<Partial<Record<Quirk, Quirk>>> = {
  'max-tokens': 'max-completion-tokens',
  'max-completion-tokens': 'max-tokens',
  'no-thinking-replay': 'wants-thinking',
  'wants-thinking': 'no-thinking-replay',
};

const none: ReadonlySet<Quirk> = new Set();
const capacity = 2_000;

export function createQuirks(): Quirks {
  const known = new Map<string, ReadonlySet<Quirk>>();
  return {
    of: (endpointId, upstreamModel) => known.get(`${endpointId}\n${upstreamModel}`) ?? none,
    learn(endpointId, upstreamModel, quirk) {
      const key = `${endpointId}\n${upstreamModel}`;
      const set = known.get(key) ?? none;
      if (known.size >= capacity && !known.has(key)) known.delete(known.keys().next().value as string);
      const opposite = opposites[quirk];
      // A new set: a request keeps the one it began with.
      known.set(key, new Set([...set].filter((other) => other !== opposite)).add(quirk));
    },
  };
}
