// Who is made anew under an old name begins anew: what was recorded of another stays the other's.
import { describe, expect, it } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, planted, requestRecord } from './controlBench.ts';

describe.each(carriers)('an id on record %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  async function asked(id: string, by: { clientKeyId?: string; endpointId?: string; accountId?: string }) {
    bench.deps.usage.add(requestRecord(id, by));
    await bench.deps.usage.flush();
  }

  it('is no new client key’s: it was never used, and its client is waited for', async () => {
    const first = await client.clientKeys.create({ name: 'Phone' });
    await asked('r1', { clientKeyId: first.key.id });
    await client.clientKeys.remove({ id: first.key.id });
    const { key } = await client.clientKeys.create({ name: 'Phone' });
    expect(key).toMatchObject({ name: 'Phone', lastUsedAt: null, requestsToday: 0 });
    expect((await client.records.list({ clientKeyId: key.id })).records).toEqual([]);
  });

  it('is no new account’s, nor a new endpoint’s', async () => {
    const made = await client.endpoints.create({
      name: 'Alpha',
      baseUrl: 'https://alpha.test/v1',
      accounts: [{ secret: planted.draft }],
    });
    await asked('r1', { endpointId: made.id, accountId: 'a1' });
    await client.accounts.remove({ id: made.id, accountId: 'a1' });
    const account = await client.accounts.add({ id: made.id, account: { secret: planted.account } });
    await client.endpoints.remove({ id: made.id });
    const again = await client.endpoints.create({ name: 'Alpha', baseUrl: 'https://other.test/v1' });
    expect(account.id).not.toBe('a1');
    expect(again.id).not.toBe(made.id);
    const { byEndpoint } = await client.usage.summary({ span: '24h' });
    expect(byEndpoint.map(({ key }) => key)).toEqual([made.id]);
  });

  it('comes back with what was removed', async () => {
    const { key } = await client.clientKeys.create({ name: 'Phone' });
    await asked('r1', { clientKeyId: key.id });
    const { undo } = await client.clientKeys.remove({ id: key.id });
    await client.removed.restore({ undo });
    expect((await client.clientKeys.list()).find(({ id }) => id === key.id)?.requestsToday).toBe(1);
  });
});
