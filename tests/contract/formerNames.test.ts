// Who looks at records and sums reads names, also of what was removed since.
import { describe, expect, it } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, requestRecord } from './controlBench.ts';

describe.each(carriers)('what was removed %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it('keeps its name for records and sums, until it is back or they are gone', async () => {
    bench.deps.usage.add(requestRecord('r1'));
    await expect
      .poll(async () => (await client.records.list({})).records, { timeout: 120_000 })
      .toHaveLength(1);
    expect(await client.usage.names()).toEqual([]);
    const { undo } = await client.endpoints.remove({ id: 'main' });
    await client.clientKeys.remove({ id: 'default' });
    expect(await client.usage.names()).toEqual([
      { kind: 'endpoint', id: 'main', name: 'Main' },
      { kind: 'account', id: 'main/a1', name: 'one' },
      { kind: 'clientKey', id: 'default', name: 'Default' },
    ]);
    const sums = await client.usage.summary({ span: '24h' });
    expect(sums.byEndpoint).toMatchObject([{ key: 'main', name: 'Main', gone: true }]);
    expect(sums.byAccount).toMatchObject([{ key: 'main/a1', name: 'Main · one', gone: true }]);
    expect(sums.byClientKey).toMatchObject([{ key: 'default', name: 'Default', gone: true }]);
    await client.removed.restore({ undo });
    expect(await client.usage.names()).toEqual([{ kind: 'clientKey', id: 'default', name: 'Default' }]);
    expect((await client.usage.summary({ span: '24h' })).byEndpoint[0]).not.toHaveProperty('gone');
    await client.usage.clear();
    expect(await client.usage.names()).toEqual([]);
  });
});
