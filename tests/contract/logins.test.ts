// E-mail logins through the operations, as the window uses them: addresses come back, passwords never.
import { expect, it } from 'vitest';
import { plainListing } from '../../main/contract/modelListing.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { inProcess } from './carriers.ts';
import type { ControlBench } from './controlBench.ts';

const password = 'planted password: Qq93';
let bench: ControlBench;
let client: ControlClient;
benchForEach(inProcess, (opened) => {
  ({ bench, client } = opened);
});

it('a login is added and edited; of its password nothing comes back', async () => {
  const account = { email: 'ada@example.com', secret: password };
  const added = await client.accounts.add({ id: 'pool', account });
  expect(added).toMatchObject({ email: 'ada@example.com', secret: { source: 'vault', mask: '••' } });
  const patch = { email: 'lovelace@example.com', name: 'home' };
  const renamed = await client.accounts.update({ id: 'pool', accountId: added.id, patch });
  expect(renamed).toMatchObject({ ...patch, secret: { source: 'vault', state: 'ready' } });
  const shown = JSON.stringify([added, renamed, await client.endpoints.list(), bench.deps.config.settings]);
  expect(shown).not.toContain('Qq93');
});

it('another address starts afresh; the same one again does not', async () => {
  const refused = { state: 'refused', until: null, reason: 'wrong password' } as const;
  const update = (patch: { email?: string; name?: string }) =>
    client.accounts.update({ id: 'pool', accountId: 'login', patch });
  bench.health.hold('pool/login', null, refused);
  expect((await update({ name: 'x', email: 'me@example.com' })).state).toBe('refused');
  expect((await update({ email: 'you@example.com' })).state).toBe('ready');
});

it('the preset of on-demand.io makes an endpoint that tells which of its names are not active', async () => {
  const preset = (await client.endpoints.presets()).find(({ kind }) => kind === 'ondemand');
  if (!preset) throw new Error('no preset');
  const { name, kind, baseUrl, modelMapping = {} } = preset;
  const { id, inactive } = await client.endpoints.create({ name, kind, baseUrl, modelMapping });
  expect(inactive).toEqual([]);
  const [active = '', ...others] = new Set(Object.values(modelMapping));
  bench.deps.modelLists.set(id, [plainListing(active)]);
  const listed = (await client.endpoints.list()).find((endpoint) => endpoint.id === id);
  const told = new Set(listed?.inactive.map(({ upstreamModel }) => upstreamModel));
  expect([...told].sort()).toEqual(others.sort());
  const catalogue = await client.models.list();
  const routeOf = (upstreamModel: string) =>
    catalogue.flatMap(({ routes }) => routes).find((route) => route.upstreamModel === upstreamModel);
  expect(routeOf(active)?.inactive).toBe(false);
  expect(routeOf(others[0] ?? '')?.inactive).toBe(true);
});
