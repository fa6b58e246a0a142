// Client keys: issued, shown once, replaced, limited, tried, removed.
import { safe } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { secretHash } from '../../main/registry/compileSnapshot.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, planted, requestRecord } from './controlBench.ts';
import { refusal } from './refusal.ts';

describe.each(carriers)('client keys %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  const input = { name: 'Laptop', models: ['gpt-*'], limits: { rpm: 10 }, budgetUsdPerDay: 5 };

  it('are issued with a secret of 256 bits that opens the gateway', async () => {
    const { key, secret } = await client.clientKeys.create(input);
    expect(secret).toMatch(/^sluice-[A-Za-z0-9_-]{43}$/);
    expect(key).toMatchObject({
      id: 'laptop',
      unseen: false,
      limits: { rpm: 10, rpd: -1 },
      models: ['gpt-*'],
    });
    expect(key.secret.mask).toBe(`••${secret.slice(-4)}`);
    const known = [...bench.deps.snapshots.current.clientKeyByHash.values()];
    expect(known.find(({ id }) => id === 'laptop')?.credential).toMatchObject({ secret });
    const again = await client.clientKeys.create(input);
    expect(again.key.id).toBe('laptop-2');
    expect(again.secret).not.toBe(secret);
  });

  it('rotate: the old secret is out', async () => {
    const { secret, key } = await client.clientKeys.rotate({ id: 'default' });
    expect(key.secret.mask).toBe(`••${secret.slice(-4)}`);
    const secrets = bench.deps.snapshots.current.clientKeys.map(({ credential }) =>
      credential.state === 'ready' ? credential.secret : null,
    );
    expect(secrets).toContain(secret);
    expect(secrets).not.toContain(planted.clientKey);
  });

  it('rotate with a time in which the old secret works as well, until it is ended', async () => {
    const before = Date.now();
    const { key } = await client.clientKeys.rotate({ id: 'default', graceMinutes: 60 });
    expect(key.previous).toMatchObject({
      secret: { source: 'vault', state: 'ready', mask: `••${planted.clientKey.slice(-4)}` },
      agents: [],
    });
    expect(key.previous?.until).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(key.previous?.until).toBeLessThanOrEqual(Date.now() + 3_600_000);
    const inForce = () => bench.deps.snapshots.current;
    expect(inForce().clientKeyByOldHash.get(secretHash(planted.clientKey))?.id).toBe('default');
    expect(inForce().clientKeyByHash.has(secretHash(planted.clientKey))).toBe(false);
    // Of two in a row the earlier one ends.
    const again = await client.clientKeys.rotate({ id: 'default', graceMinutes: 5 });
    expect(inForce().clientKeyByOldHash.size).toBe(1);
    expect(inForce().clientKeyByOldHash.has(secretHash(planted.clientKey))).toBe(false);
    expect(again.key.previous?.secret.mask).toBe(key.secret.mask);
    const ended = await client.clientKeys.endPrevious({ id: 'default' });
    expect(ended).toMatchObject({ previous: null, secret: { mask: again.key.secret.mask } });
    expect(inForce().clientKeyByOldHash.size).toBe(0);
    expect(await client.clientKeys.endPrevious({ id: 'default' })).toEqual(ended);
  });

  it('tell who still comes with the old secret', async () => {
    bench.deps.usage.add({ ...requestRecord('before'), oldSecret: true, userAgent: 'long-ago/1', time: 1 });
    await client.clientKeys.rotate({ id: 'default', graceMinutes: 60 });
    bench.deps.usage.add({ ...requestRecord('new'), userAgent: 'moved/1', time: Date.now() });
    bench.deps.usage.add({ ...requestRecord('old'), oldSecret: true, userAgent: 'late/1', time: Date.now() });
    await bench.deps.usage.flush();
    const key = (await client.clientKeys.list()).find(({ id }) => id === 'default');
    expect(key?.previous?.agents.map(({ userAgent }) => userAgent)).toEqual(['late/1']);
    expect(key?.agents.map(({ userAgent }) => userAgent)).toEqual(
      expect.arrayContaining(['moved/1', 'late/1', 'long-ago/1']),
    );
  });

  it.each([-1, 0.5, 43_201])('refuse a time of %s minutes for the old secret', async (graceMinutes) => {
    expect((await refusal(client.clientKeys.rotate({ id: 'default', graceMinutes }))).code).toBe('INVALID');
  });

  it('do not take an old secret from who makes or changes one', async () => {
    const previous = { secret: 'sluice-slipped-in', until: '2040-01-01T00:00:00Z' };
    const made = await client.clientKeys.create({ ...input, previous } as typeof input);
    await client.clientKeys.update({ id: made.key.id, patch: { name: 'x', previous } as { name: string } });
    expect(bench.deps.snapshots.current.clientKeyByOldHash.size).toBe(0);
  });

  it('are claimed once, whoever asks at the same time', async () => {
    expect((await client.clientKeys.list()).map(({ id, unseen }) => [id, unseen])).toEqual([
      ['default', false],
      ['fresh', true],
    ]);
    const claims = await Promise.all([1, 2, 3].map(() => safe(client.clientKeys.claim({ id: 'fresh' }))));
    const won = claims.flatMap(({ data }) => (data ? [data] : []));
    expect(won).toMatchObject([{ secret: planted.unseenKey, key: { id: 'fresh', unseen: false } }]);
    const lost = claims.flatMap(({ error }) => (error ? [error] : []));
    expect(lost).toMatchObject([{ code: 'CONFLICT' }, { code: 'CONFLICT' }]);
    expect((await refusal(client.clientKeys.claim({ id: 'default' }))).code).toBe('CONFLICT');
  });

  it('change limit by limit', async () => {
    const { key } = await client.clientKeys.create(input);
    const patch = { limits: { rpd: 3 }, expiresAt: '2031-01-01T00:00:00Z', enabled: false };
    expect(await client.clientKeys.update({ id: key.id, patch })).toMatchObject({
      name: 'Laptop',
      enabled: false,
      limits: { rpm: 10, rpd: 3 },
      budgetUsdPerDay: 5,
      expiresAt: '2031-01-01T00:00:00Z',
    });
  });

  it('go to the clipboard without being shown', async () => {
    expect(await client.clientKeys.copy({ id: 'default' })).toEqual({ ok: true });
    expect(bench.clipboard).toEqual([planted.clientKey]);
  });

  it('are tested only while somebody listens', async () => {
    await client.gateway.stop();
    const test = client.clientKeys.test({ id: 'default', model: 'gpt-4o' });
    expect(await refusal(test)).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('switched off'),
    });
    const unknown = client.clientKeys.test({ id: 'nope', model: 'gpt-4o' });
    expect((await refusal(unknown)).code).toBe('NOT_FOUND');
  });

  it('can all be removed', async () => {
    for (const id of ['default', 'fresh']) await client.clientKeys.remove({ id });
    expect(await client.clientKeys.list()).toEqual([]);
  });

  it('show who uses them', async () => {
    bench.deps.usage.add(requestRecord('one'));
    await bench.deps.usage.flush();
    const key = (await client.clientKeys.list())[0];
    expect(key?.agents).toMatchObject([{ userAgent: 'bench/1' }]);
    expect(key?.lastUsedAt).toBe(key?.agents[0]?.lastUsedAt);
  });
});
