// One gateway with an endpoint for each kind, and one fake upstream behind them all.
import { createFakeUpstream, type FakeUpstream } from '../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, type TestCoreOptions } from '../fakes/testCore.ts';
import { type Kind, kinds } from './kinds.ts';

export type EndpointInput = NonNullable<NonNullable<TestCoreOptions['settings']>['endpoints']>[number];

export const upstreamKey = 'upstream-key-0123456789';

/** Part of the prompt that the fake says it had cached. */
export const cachedTokens = 2;

export interface Bench {
  readonly upstream: FakeUpstream;
  readonly gateway: TestCore;
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
  const upstream = await createFakeUpstream({ keys: [upstreamKey], strict: true, cachedTokens });
  const { origin } = upstream;
  const gateway = await createTestCore({
    env: { UPSTREAM_KEY: upstreamKey },
    settings: {
      endpoints: [
        ...kinds.map((kind) => endpointOf(kind, origin, kind.id)),
        ...failing.map(({ kind, name }) => endpointOf(kind, origin, name)),
      ],
    },
  });
  return {
    upstream,
    gateway,
    async close() {
      await gateway.close();
      await upstream.close();
    },
  };
}
