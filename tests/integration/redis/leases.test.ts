import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../fakes/testCore.ts';
import { closeGateways, createGateway, createPair, settled } from './gateways.ts';
import { needsRedis, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

describe.skipIf(redisServerPath === null)(`places of calls ${needsRedis}`, () => {
  const children = new Set<ChildProcess>();
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await closeGateways();
    await stopRedis();
  });

  it('of a gateway that was killed are free after their time; its calls stay counted as used', async () => {
    const server = await startRedis();
    const leaseMs = 1_500;
    const child = fork(path.join(import.meta.dirname, 'gatewayProcess.ts'), [
      server.url,
      '3',
      '5',
      `${leaseMs}`,
    ]);
    children.add(child);
    const taken = await new Promise((resolve) => child.once('message', resolve));
    expect(taken).toBe(3);
    const other = createGateway(server.url, { leaseMs });
    await other.ready();
    // Its own place lives on while those of the killed one end.
    expect(await other.take({ concurrent: 4 }, 30)).not.toBeNull();
    // Longer than a lease: a gateway that lives keeps its places.
    await new Promise((resolve) => setTimeout(resolve, 2 * leaseMs));
    expect(await other.refusal({ concurrent: 4 })).toMatchObject({ limit: 'concurrent' });
    expect(other.shared.gateways).toBe(2);
    child.kill('SIGKILL');
    const killedAt = performance.now();
    const call = await eventually(
      () => other.take({ concurrent: 2 }),
      (free) => free !== null,
    );
    expect(performance.now() - killedAt).toBeGreaterThan(leaseMs / 2);
    call?.refund();
    await eventually(
      () => other.shared.gateways,
      (count) => count === 1,
    );
    expect(await other.refusal({ rpd: 4 })).toMatchObject({ limit: 'rpd' });
    expect(await other.refusal({ tpd: 120 }, 1)).toMatchObject({ limit: 'tpd' });
    expect(await other.refusal({ rpm: 4 })).toMatchObject({ limit: 'rpm' });
    expect(await other.take({ rpd: 5, tpd: 121, rpm: 5 }, 1)).not.toBeNull();
  });

  it('are kept for as long as the call runs, and a settle after the place was lost counts once', async () => {
    const server = await startRedis();
    const [one, other] = await createPair(server.url, { leaseMs: 900, heartbeatMs: 100 });
    const call = await one.take({ concurrent: 1 }, 10);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await other.refusal({ concurrent: 1 })).toMatchObject({ limit: 'concurrent' });
    // As if the gateway had been frozen for longer than its lease.
    const [leases = ''] = await server.admin().keys('sluice:*:leases');
    await server.admin().del(leases);
    call?.settle({ tokens: 50, costUsd: 0 });
    expect(await one.refusal({ rpd: 1 })).toMatchObject({ limit: 'rpd' });
    await eventually(
      () => other.take({ rpd: 2, tpd: 60, tpm: 60, concurrent: 1 }, 10),
      (taken) => taken !== null,
    );
    expect(await other.take({ tpd: 60 }, 1)).toBeNull();
  });

  it('leave nothing behind when all is settled', async () => {
    const server = await startRedis();
    const [one, other] = await createPair(server.url);
    const calls = await Promise.all(
      [one, other].flatMap((gateway) => Array.from({ length: 50 }, () => gateway.take({ concurrent: 100 }))),
    );
    for (const [index, call] of calls.entries()) {
      if (index % 3 === 0) call?.refund();
      else call?.settle(settled);
    }
    const admin = server.admin();
    await eventually(
      async () => await admin.keys('*'),
      (keys) => !keys.some((key) => /:(calls|leases)/.test(key)),
    );
    const [day = ''] = await admin.keys('*:day:*');
    expect((await admin.hgetall(day)).open).toBe('0 0');
  });
});
