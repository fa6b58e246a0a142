import { describe, expect, it, vi } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { secretHash } from '../../main/registry/compileSnapshot.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, planted } from './controlBench.ts';
import { refusal } from './refusal.ts';

describe.each(carriers)('what was removed %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it('comes back as an endpoint in its place, with its keys', async () => {
    const before = await client.endpoints.list();
    const { undo } = await client.endpoints.remove({ id: 'main' });
    expect(undo).not.toContain(planted.account);
    await client.removed.restore({ undo });
    expect(await client.endpoints.list()).toEqual(before);
    const [main] = bench.deps.snapshots.current.endpoints;
    expect(main?.accounts[0]?.credential).toMatchObject({ secret: planted.account });
    expect(main?.headers.Authorization).toBe(planted.header);
    expect(main?.proxy).toContain(planted.proxy);
    expect(main?.options.apiKey).toBe(planted.option);
  });

  it('comes back as an account among its neighbours', async () => {
    const before = await client.endpoints.list();
    const { undo } = await client.accounts.remove({ id: 'main', accountId: 'a1' });
    await client.removed.restore({ undo });
    expect(await client.endpoints.list()).toEqual(before);
  });

  it('comes back as a client key that opens the gateway again', async () => {
    const { undo } = await client.clientKeys.remove({ id: 'default' });
    const known = () => [...bench.deps.snapshots.current.clientKeyByHash.values()].map(({ id }) => id);
    expect(known()).not.toContain('default');
    await client.removed.restore({ undo });
    expect(known()).toContain('default');
    expect(bench.deps.snapshots.current.clientKeys.map(({ id }) => id)).toEqual(['default', 'fresh']);
  });

  it('comes back with an old secret that is still in time, and without one that is not', async () => {
    await client.clientKeys.rotate({ id: 'default', graceMinutes: 60 });
    const old = () => [...bench.deps.snapshots.current.clientKeyByOldHash.keys()];
    const undoOf = async () => (await client.clientKeys.remove({ id: 'default' })).undo;
    const first = await undoOf();
    expect(old()).toEqual([]);
    await client.removed.restore({ undo: first });
    expect(old()).toEqual([secretHash(planted.clientKey)]);
    const second = await undoOf();
    const now = Date.now();
    vi.spyOn(bench.deps.clock, 'now').mockImplementation(() => now + 3_600_001);
    await client.removed.restore({ undo: second });
    vi.restoreAllMocks();
    expect(old()).toEqual([]);
    expect(bench.deps.config.settings.clientKeys[0]).not.toHaveProperty('previous');
  });

  it('comes back once, and only by the word that was given', async () => {
    const { undo } = await client.clientKeys.remove({ id: 'fresh' });
    expect(await refusal(client.removed.restore({ undo: 'guessed' }))).toMatchObject({ code: 'NOT_FOUND' });
    await client.removed.restore({ undo });
    expect(await refusal(client.removed.restore({ undo }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('does not push out what took its place', async () => {
    const { undo } = await client.endpoints.remove({ id: 'local' });
    await client.endpoints.create({ id: 'local', name: 'Another', baseUrl: 'http://localhost:2/v1' });
    expect(await refusal(client.removed.restore({ undo }))).toMatchObject({ code: 'CONFLICT' });
    expect((await client.endpoints.list()).filter(({ id }) => id === 'local')).toMatchObject([
      { name: 'Another' },
    ]);
  });

  it('does not take a key to another server', async () => {
    const { undo } = await client.accounts.remove({ id: 'main', accountId: 'a1' });
    await client.endpoints.update({ id: 'main', patch: { baseUrl: 'https://elsewhere.test/v1' } });
    expect(await refusal(client.removed.restore({ undo }))).toMatchObject({ code: 'CONFLICT' });
  });
});
