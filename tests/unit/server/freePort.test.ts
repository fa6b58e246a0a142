import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { nextFreePort } from '../../../main/server/freePort.ts';

const held: Server[] = [];

async function hold(host: string, port: number): Promise<number | null> {
  const server = createServer();
  server.listen({ host, port, ipv6Only: host === '::1' });
  try {
    await once(server, 'listening');
  } catch {
    return null;
  }
  held.push(server);
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  for (const server of held.splice(0)) await new Promise((resolve) => server.close(resolve));
});

test('the next port is one on which somebody can listen, and the one asked about is never it', async () => {
  const taken = (await hold('127.0.0.1', 0)) as number;
  const next = (await nextFreePort('127.0.0.1', taken)) as number;
  expect(next).toBeGreaterThan(taken);
  expect(await hold('127.0.0.1', next)).toBe(next);
  const after = (await nextFreePort('127.0.0.1', taken)) as number;
  expect(after).toBeGreaterThan(next);
});

test('a port that is free on one loopback address alone is not free', async () => {
  const first = (await nextFreePort('127.0.0.1', 40_000)) as number;
  // A machine without IPv6 has no such case.
  if ((await hold('::1', first)) === null) return;
  expect(await nextFreePort('127.0.0.1', 40_000)).not.toBe(first);
});

test('above the last port there is none, and none that the system keeps for itself is tried', async () => {
  expect(await nextFreePort('127.0.0.1', 65_535)).toBeNull();
  expect(await nextFreePort('127.0.0.1', 80)).toBeGreaterThanOrEqual(1024);
});
