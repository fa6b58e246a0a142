// Sleep, and networks that come and go, with real connections: what dies on the way is nobody's fault, and the client notices nothing
// where nothing had reached it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';
import { createWire, type Wire } from '../../fakes/wire.ts';

let upstream: FakeUpstream;
let wire: Wire;
let gateway: TestCore;

beforeEach(async () => {
  upstream = await createFakeUpstream({ name: 'far' });
  wire = await createWire(upstream.port);
  gateway = await createTestCore({
    settings: {
      endpoints: [{ id: 'far', baseUrl: `http://127.0.0.1:${wire.port}/v1`, models: ['gpt-4o'] }],
      timeouts: { connectMs: 2_000, firstByteMs: 20_000, idleMs: 20_000 },
    },
  });
});
afterEach(async () => {
  await gateway?.close();
  await wire?.close();
  await upstream?.close();
});

async function ask(stream = false): Promise<{ status: number; text: string }> {
  const messages = [{ role: 'user', content: 'hello' }];
  const response = await gateway.post('/v1/chat/completions', { model: 'gpt-4o', messages, stream });
  return { status: response.status, text: await response.text().catch(() => 'broken') };
}

/** Resolves once something of the answer has come. */
async function beginStream(): Promise<{ rest(): Promise<string> }> {
  const messages = [{ role: 'user', content: 'hello' }];
  const response = await gateway.post('/v1/chat/completions', { model: 'gpt-4o', messages, stream: true });
  const reader = response.body?.getReader();
  if (!reader) throw new Error('there is no body');
  const decoder = new TextDecoder();
  await reader.read();
  return {
    async rest() {
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += decoder.decode(part.value, { stream: true });
      return text;
    },
  };
}

const askAll = (count: number) => Promise.all(Array.from({ length: count }, () => ask()));

async function account() {
  return (await gateway.control.endpoints.list())[0]?.accounts[0];
}

const reached = (count: number) =>
  eventually(
    () => upstream.journal.entries.filter(({ method }) => method === 'POST').length,
    (seen) => seen >= count,
  );

describe('after a sleep', () => {
  it('a pool of connections that died without a word is not asked again', async () => {
    await askAll(8);
    const pool = wire.made;
    expect(pool).toBeGreaterThan(1);
    gateway.core.uplink.suspend();
    wire.freeze();
    gateway.core.uplink.renew();

    const before = performance.now();
    const answers = await askAll(8);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    // The first byte's limit would have been the first to notice.
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(wire.made).toBeGreaterThan(pool);
    for (const record of await gateway.records()) expect(record.attempts).toHaveLength(1);
    expect(await account()).toMatchObject({ state: 'ready', holds: [] });
  });

  it('requests that were on their way are sent again, and no circuit opens for them', async () => {
    upstream.script(...Array(8).fill('blackhole'));
    const waiting = askAll(8);
    await reached(8);
    gateway.core.uplink.suspend();
    wire.reset();
    gateway.core.uplink.renew();

    for (const { status, text } of await waiting) {
      expect(status).toBe(200);
      expect(text).toContain('far says');
    }
    for (const record of await gateway.records()) {
      expect(record.status).toBe('ok');
      expect(record.attempts.map(({ outcome }) => outcome)).toEqual(['unreachable', 'ok']);
    }
    expect(await account()).toMatchObject({ state: 'ready', holds: [] });
  });

  it('a stream that had begun ends with an error, and its account stays in use', async () => {
    upstream.script(...Array(6).fill('stall-after-2'));
    const begun = await Promise.all(Array.from({ length: 6 }, beginStream));
    gateway.core.uplink.suspend();
    wire.reset();
    gateway.core.uplink.renew();

    for (const { rest } of begun) expect(await rest()).toContain('upstream_error');
    for (const record of await gateway.records()) expect(record.status).toBe('cut');
    expect(await account()).toMatchObject({ state: 'ready', holds: [] });
    expect((await ask()).status).toBe(200);
  });

  it('a request that was not disturbed goes on', async () => {
    upstream.script('slow-first-byte:800');
    const waiting = ask();
    await reached(1);
    gateway.core.uplink.suspend();
    gateway.core.uplink.renew();
    expect((await waiting).status).toBe(200);
    expect((await gateway.record()).attempts).toHaveLength(1);
  });

  it('without a sleep the same resets are the upstream’s', async () => {
    upstream.set({}, 'blackhole');
    for (let round = 0; round < 3; round++) {
      const waiting = askAll(4);
      await reached((round + 1) * 4);
      let answered = false;
      void waiting.then(() => (answered = true));
      while (!answered) {
        wire.reset();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      for (const { status } of await waiting) expect(status).toBeGreaterThanOrEqual(502);
      if ((await account())?.state === 'open') return;
    }
    expect((await account())?.state).toBe('open');
  });
});

describe('offline', () => {
  it('is one problem, told to each client at once, and blamed on nobody', async () => {
    await wire.close();
    gateway.core.uplink.setOnline(false);
    const before = performance.now();
    for (const { status, text } of await askAll(12)) {
      expect(status).toBe(502);
      expect(text).toContain('This computer is offline');
    }
    expect(performance.now() - before).toBeLessThan(8_000);
    expect(await account()).toMatchObject({ state: 'ready', holds: [] });
    const { problems } = await gateway.control.gateway.status();
    expect(problems.map(({ code }) => code).filter((code) => code === 'offline')).toEqual(['offline']);

    gateway.core.uplink.setOnline(true);
    const after = await gateway.control.gateway.status();
    expect(after.problems.map(({ code }) => code)).not.toContain('offline');
  });

  it('does not keep what runs on this machine from being asked', async () => {
    gateway.core.uplink.setOnline(false);
    expect((await ask()).status).toBe(200);
  });

  it('asks no model list of its own accord', async () => {
    gateway.core.uplink.setOnline(false);
    upstream.reset();
    await gateway.control.endpoints.update({ id: 'far', patch: { models: [] } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(upstream.journal.entries).toEqual([]);
    gateway.core.uplink.setOnline(true);
    await eventually(
      () => upstream.journal.entries.length,
      (seen) => seen > 0,
    );
  });
});
