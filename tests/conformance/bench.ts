// One gateway with an endpoint for each kind, and the upstreams behind them.
import { createTestCore, type TestCore, type TestCoreOptions } from '../fakes/testCore.ts';
import type { JournalEntry } from '../fakes/upstream/journal.ts';
import { type Kind, kinds } from './kinds.ts';
import type { KindUpstream } from './upstreams/kindUpstream.ts';
import { createOndemandUpstream } from './upstreams/ondemandUpstream.ts';
import { createStrictUpstream } from './upstreams/strictUpstream.ts';

export type EndpointInput = NonNullable<NonNullable<TestCoreOptions['settings']>['endpoints']>[number];

export const upstreamKey = 'upstream-key-0123456789';

export interface Bench {
  readonly gateway: TestCore;
  upstreamOf(kind: Kind): KindUpstream;
  /** What reached any upstream since the last reset. */
  readonly entries: readonly JournalEntry[];
  /** The newest of them; throws where there is none. */
  newest(): JournalEntry;
  reset(): void;
  close(): Promise<void>;
}

function endpointOf(kind: Kind, origin: string, id: string): EndpointInput {
  return {
    id,
    ...kind.endpoint,
    baseUrl: `${origin}${kind.base}`,
    accounts: [{ id: 'only', secret: { env: 'UPSTREAM_KEY' } }],
    models: [kind.model],
    modelMapping: { [id]: kind.model },
  };
}

/** An account that failed is held back for a while: each place of a failure gets an endpoint of its own. */
export function failingModel(kind: Kind, client: string, place: string): string {
  return `${kind.id}.${client}.${place}`;
}

/** Clients ask for a kind by its id, or by a failing model's name. */
export async function createBench(failing: readonly { kind: Kind; name: string }[] = []): Promise<Bench> {
  const strict = await createStrictUpstream(upstreamKey);
  const ondemand = await createOndemandUpstream(upstreamKey);
  const upstreams = [strict, ondemand];
  const upstreamOf = ({ endpoint }: Kind) => (endpoint.kind === 'ondemand' ? ondemand : strict);
  const entries = () => upstreams.flatMap((upstream) => upstream.entries);
  const gateway = await createTestCore({
    env: { UPSTREAM_KEY: upstreamKey },
    settings: {
      endpoints: [
        ...kinds.map((kind) => endpointOf(kind, upstreamOf(kind).origin, kind.id)),
        ...failing.map(({ kind, name }) => endpointOf(kind, upstreamOf(kind).origin, name)),
      ],
    },
  });
  return {
    gateway,
    upstreamOf,
    get entries() {
      return entries();
    },
    newest() {
      const newest = entries().at(-1);
      if (!newest) throw new Error('nothing has reached an upstream');
      return newest;
    },
    reset() {
      for (const upstream of upstreams) upstream.reset();
    },
    async close() {
      await gateway.close();
      for (const upstream of upstreams) await upstream.close();
    },
  };
}
