import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { type Headless, startHeadless } from '../../fakes/headless.ts';

let upstream: FakeUpstream;
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-kill-'));
beforeAll(async () => {
  upstream = await createFakeUpstream();
});
afterAll(async () => {
  await upstream.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const rounds = 10;
/** What ended longer ago than this when the process was killed must have been counted. */
const graceMs = 1_000;

/** Asks without pause until the gateway is gone, noting when each answer had ended. */
async function ask(gateway: Headless, stream: boolean, endings: number[]): Promise<void> {
  for (;;) {
    try {
      const response = await gateway.post('/v1/chat/completions', {
        model: 'gpt-4o',
        stream,
        messages: [{ role: 'user', content: 'hi' }],
      });
      await response.text();
      if (response.ok) endings.push(performance.now());
    } catch {
      return;
    }
  }
}

it('killed under load ten times: settings intact, no counted request forgotten', async () => {
  const settings = {
    server: { port: 0 },
    endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'] }],
  };
  let mustBeCounted = 0;
  let mayBeCounted = 0;
  for (let round = 0; round < rounds; round++) {
    const gateway = await startHeadless({ dataDir, ...(round === 0 ? { settings } : {}) });
    const [endpoint] = await gateway.control<EndpointView[]>('/endpoints');
    expect(endpoint?.baseUrl).toBe(upstream.url);
    const counted = endpoint?.accounts[0]?.usage.rpd ?? 0;
    expect(counted).toBeGreaterThanOrEqual(mustBeCounted);
    expect(counted).toBeLessThanOrEqual(mayBeCounted);

    const endings: number[] = [];
    const clients = Array.from({ length: 8 }, (_, index) => ask(gateway, index % 2 === 0, endings));
    await sleep(1_300 + round * 60);
    // Settings are being written, too, when it happens.
    void fetch(`${gateway.origin}/control/settings`, { method: 'PATCH' }).catch(() => {});
    const killed = performance.now();
    await gateway.end('SIGKILL');
    await Promise.all(clients);
    const old = endings.filter((ended) => ended <= killed - graceMs).length;
    expect(old).toBeGreaterThan(0);
    mustBeCounted = counted + old;
    mayBeCounted = upstream.journal.entries.length;
    expect(() => JSON.parse(fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8'))).not.toThrow();
  }
}, 180_000);
