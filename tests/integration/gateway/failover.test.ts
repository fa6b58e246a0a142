import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../../main/contract/schemas/settings.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore, testClientKey } from '../../fakes/testCore.ts';

let bad: FakeUpstream;
let good: FakeUpstream;
let gateway: TestCore;

/** Longer than this process may be kept waiting for its turn by others. */
const idleMs = 1_500;
const messages = [{ role: 'user' as const, content: 'hello' }];

beforeAll(async () => {
  bad = await createFakeUpstream({ name: 'bad' });
  good = await createFakeUpstream({ name: 'good' });
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'bad', baseUrl: bad.url, priority: 0, models: ['gpt-4o', 'only-bad', 'quirky'] },
        { id: 'good', baseUrl: good.url, priority: 1, models: ['gpt-4o'] },
      ],
      routing: { affinity: false },
      timeouts: { connectMs: 2_000, firstByteMs: 1_500, idleMs },
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await bad?.close();
  await good?.close();
});
afterEach(async () => {
  bad.reset();
  good.reset();
  await gateway.control.accounts.clear({ id: 'bad', accountId: 'none' });
  await gateway.control.accounts.clear({ id: 'good', accountId: 'none' });
});

async function ask(model = 'gpt-4o'): Promise<string> {
  const completion = await gateway.openai().chat.completions.create({ model, messages });
  return completion.choices[0]?.message.content ?? '';
}

async function askStream(model = 'gpt-4o'): Promise<string> {
  const stream = await gateway.openai().chat.completions.create({ model, messages, stream: true });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  return text;
}

async function raw(
  model = 'gpt-4o',
  stream = true,
): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await gateway.post('/v1/chat/completions', { model, messages, stream });
  return {
    status: response.status,
    body: await response.text().catch((error: Error) => `broken: ${error.message}`),
    headers: response.headers,
  };
}

describe('before the first byte the client notices nothing', () => {
  const faults = [
    '500',
    '502',
    '503',
    '529',
    '408',
    '401',
    '402',
    '403',
    '429:7',
    'rst@0',
    'cut@0',
    'html200',
    'html200json',
    'err200',
    'empty',
    '204',
    'choices-empty',
    'insufficient_quota',
    'redirect',
    'illegal',
    'blackhole',
    'gzipbad',
    '404-model',
  ];
  it.each(faults)('%s, whole answer', async (fault) => {
    bad.set({}, fault);
    expect(await ask()).toContain('good says');
  });

  it.each([
    ...faults.filter((fault) => fault !== 'choices-empty' && fault !== 'gzipbad'),
    'sse-error-first',
    'stall@1',
    'fin@1',
    'badjson',
  ])('%s, stream', async (fault) => {
    bad.set({}, fault);
    expect(await askStream()).toContain('good says');
  });

  it('a port where nothing listens', async () => {
    const gone = await createFakeUpstream();
    await gone.close();
    await gateway.control.endpoints.update({ id: 'bad', patch: { baseUrl: gone.url } });
    try {
      expect(await ask()).toContain('good says');
      const record = await gateway.record();
      expect(record.attempts[0]).toMatchObject({ endpointId: 'bad', outcome: 'unreachable', status: null });
      expect(record.attempts[0]?.reason).toContain('connection refused');
    } finally {
      await gateway.control.endpoints.update({ id: 'bad', patch: { baseUrl: bad.url } });
    }
  });
});

describe('what is tried, and how often', () => {
  it('a server error once more on the same account, then the next', async () => {
    bad.set({}, '500');
    await ask();
    expect(bad.journal.entries).toHaveLength(2);
    bad.reset();
    bad.script('503');
    expect(await ask()).toContain('bad says');
  });

  it('429 is not asked again until its time is over', async () => {
    bad.script('429:60');
    expect(await ask()).toContain('good says');
    expect(await ask()).toContain('good says');
    expect(bad.journal.entries).toHaveLength(1);
    const [endpoint] = await gateway.control.endpoints.list();
    expect(endpoint?.accounts[0]).toMatchObject({
      state: 'cooling',
      holds: [{ model: 'gpt-4o', state: 'cooling' }],
    });
    const record = await gateway.record();
    expect(record.skipped[0]).toMatchObject({
      endpointId: 'bad',
      reason: expect.stringContaining('cooling down'),
    });
  });

  it('a refused key is put aside for every model, and comes back when cleared', async () => {
    bad.script('401');
    await ask();
    await ask();
    expect(bad.journal.entries).toHaveLength(1);
    const [endpoint] = await gateway.control.endpoints.list();
    expect(endpoint).toMatchObject({ health: 'down', accounts: [{ state: 'refused' }] });
    await gateway.control.accounts.clear({ id: 'bad', accountId: 'none' });
    expect(await ask()).toContain('bad says');
  });

  it("a caller's mistake comes back as it is, once, and costs nobody anything", async () => {
    bad.set({}, '400');
    const failed = await raw('gpt-4o', false);
    expect(failed.status).toBe(400);
    expect(JSON.parse(failed.body)).toMatchObject({ error: { message: expect.any(String) } });
    expect(bad.journal.entries).toHaveLength(1);
    expect(good.journal.entries).toHaveLength(0);
    expect((await gateway.control.endpoints.list())[0]).toMatchObject({ health: 'ready' });
    expect((await gateway.record()).attempts[0]).toMatchObject({ outcome: 'invalid', status: 400 });
  });

  it('504 is not tried again: it may have run', async () => {
    bad.set({}, '504');
    expect(await raw('gpt-4o', false)).toMatchObject({ status: 504 });
    expect(bad.journal.entries).toHaveLength(1);
    expect(good.journal.entries).toHaveLength(0);
  });

  it('four failures in a row open the circuit: the next request does not go there', async () => {
    bad.set({}, '500');
    await ask();
    await ask();
    expect(bad.journal.entries).toHaveLength(4);
    await ask();
    expect(bad.journal.entries).toHaveLength(4);
    expect((await gateway.control.endpoints.list())[0]?.accounts[0]?.state).toBe('open');
  });

  it('the only endpoint left is probed even while its circuit is open, one request at a time', async () => {
    bad.set({}, '500');
    for (let round = 0; round < 3; round++) await raw('only-bad', false);
    const before = bad.journal.entries.length;
    bad.set({}, null);
    expect(await ask('only-bad')).toContain('bad says');
    expect(bad.journal.entries.length).toBe(before + 1);
    expect((await gateway.control.endpoints.list())[0]?.accounts[0]?.state).toBe('ready');
  });

  it('an upstream that rejects stream_options is asked without it, and remembered', async () => {
    bad.set({}, 'rejects-stream_options');
    expect(await askStream('quirky')).toContain('bad says');
    expect(bad.journal.entries).toHaveLength(2);
    expect(bad.journal.last().json).not.toHaveProperty('stream_options');
    expect(await askStream('quirky')).toContain('bad says');
    expect(bad.journal.entries).toHaveLength(3);
    const record = await gateway.record();
    expect(record.attempts[0]?.repairs).toEqual(['left out stream_options']);
    expect(record.tokens).toMatchObject({ source: 'estimated' });
    expect(record.tokens.output).toBeGreaterThan(0);
  });

  it('a socket that died while idle is replaced without a word', async () => {
    bad.script('rst-after');
    await ask();
    expect(await ask()).toContain('bad says');
    expect(good.journal.entries).toHaveLength(0);
  });
});

describe('when nobody can', () => {
  it('says so with the reason and when to come back', async () => {
    bad.set({}, '429:33');
    const first = await raw('only-bad', false);
    expect(first.status).toBe(503);
    const second = await raw('only-bad', false);
    expect(second.status).toBe(503);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(second.headers.get('x-should-retry')).toBe('false');
    expect(JSON.parse(second.body)).toMatchObject({
      error: {
        code: 'no_available_endpoint',
        message: expect.stringMatching(/only-bad.*back in 3\d s.*cooling down/s),
      },
    });
    expect(bad.journal.entries).toHaveLength(1);
  });

  it('waits a moment for an account that is nearly back', async () => {
    bad.script('429:1');
    await raw('only-bad', false);
    expect(await ask('only-bad')).toContain('bad says');
  });

  it('does not let the client think its own key is wrong', async () => {
    bad.set({}, '401');
    const failed = await raw('only-bad', false);
    expect(failed.status).toBe(502);
    expect(JSON.parse(failed.body)).toMatchObject({ error: { code: 'upstream_credentials_exhausted' } });
  });

  it('an unknown model is 404 before anyone is asked', async () => {
    const failed = await raw('nobody-has-this', false);
    expect(failed.status).toBe(404);
    expect(JSON.parse(failed.body)).toMatchObject({ error: { code: 'model_not_found', param: 'model' } });
    expect((await gateway.record()).attempts).toEqual([]);
  });

  it("a model its endpoint no longer has comes back in the upstream's words", async () => {
    bad.set({}, '404-model');
    for (let round = 0; round < 2; round++) {
      const failed = await raw('only-bad', false);
      expect(failed.status).toBe(404);
      expect(failed.body).toContain('does not exist');
    }
  });
});

describe('after the first byte', () => {
  it.each(['cut@4', 'rst@4', 'fin@4', 'stall@4'])(
    '%s: an error event, no [DONE], nothing tried again',
    async (fault) => {
      bad.set({}, fault);
      const { status, body } = await raw();
      expect(status).toBe(200);
      expect(body).not.toContain('[DONE]');
      const last = body.trimEnd().split('\n\n').at(-1) ?? '';
      expect(JSON.parse(last.replace(/^data: /, ''))).toMatchObject({
        error: { message: expect.stringContaining('broke off'), code: 'upstream_error' },
      });
      expect(bad.journal.entries).toHaveLength(1);
      expect(good.journal.entries).toHaveLength(0);
      expect(await gateway.record()).toMatchObject({ status: 'cut', attempts: [{ outcome: 'cut' }] });
      await expect(askStream()).rejects.toThrow();
    },
  );

  it('an error event of the upstream reaches the client and is no success', async () => {
    bad.set({}, 'sse-error@3');
    await expect(askStream()).rejects.toThrow();
    expect((await gateway.record()).status).toBe('cut');
  });

  it('no [DONE] but a finish reason is a whole answer', async () => {
    bad.set({}, 'nodone');
    expect(await askStream()).toContain('bad says');
    expect((await gateway.record()).status).toBe('ok');
  });

  it('[DONE] ends the answer though the upstream keeps the connection', async () => {
    bad.set({}, 'hold');
    // It is not given up for its silence while this test waits.
    await gateway.control.settings.update({ timeouts: { idleMs: 600_000 } });
    expect(await askStream()).toContain('bad says');
    await bad.journal.waitFor((entries) => entries.every((entry) => entry.ended !== 'open'));
    await gateway.control.settings.update({ timeouts: { idleMs } });
  });

  it.each(['crlf', 'half', 'utf8split', 'drip', '1xx', 'usage-in-every-chunk'])(
    '%s: the same words',
    async (fault) => {
      bad.set({}, fault);
      expect(await askStream()).toBe('bad says: hello');
      const record = await gateway.record();
      expect(record).toMatchObject({ status: 'ok', tokens: { source: 'reported' } });
    },
  );

  it('a client that leaves closes the upstream within 100 ms and harms nobody', async () => {
    bad.set({}, 'stall@3');
    const controller = new AbortController();
    const response = await gateway.post(
      '/v1/chat/completions',
      { model: 'gpt-4o', messages, stream: true },
      { signal: controller.signal },
    );
    await response.body?.getReader().read();
    const left = Date.now();
    controller.abort();
    await bad.journal.waitFor((entries) => entries.at(-1)?.endedAt !== null);
    expect((bad.journal.last().endedAt ?? 0) - left).toBeLessThan(100);
    expect(bad.journal.last().ended).toBe('client');
    const record = await eventually(
      () => gateway.record(),
      (found) => found.status === 'cancelled',
    );
    expect(record).toMatchObject({ httpStatus: 499, attempts: [{ outcome: 'cancelled' }] });
    expect((await gateway.control.endpoints.list())[0]?.health).toBe('ready');
  });

  it('a client that leaves before the answer is not served elsewhere', async () => {
    bad.set({}, 'blackhole');
    const controller = new AbortController();
    const request = gateway
      .post('/v1/chat/completions', { model: 'gpt-4o', messages }, { signal: controller.signal })
      .catch(() => null);
    await bad.journal.waitFor((entries) => entries.length === 1);
    controller.abort();
    await request;
    await bad.journal.waitFor((entries) => entries[0]?.ended === 'client');
    await eventually(
      () => gateway.control.gateway.status(),
      (status) => status.inFlight === 0,
    );
    expect(good.journal.entries).toHaveLength(0);
  });
});

describe('secrets stay where they belong', () => {
  it("no upstream sees the client key or another endpoint's headers", async () => {
    bad.set({}, '500');
    await gateway.post(
      '/v1/chat/completions?key=also-a-credential',
      { model: 'gpt-4o', messages },
      { headers: { 'x-api-key': testClientKey, cookie: 'a=b', 'openai-beta': 'x=1' } },
    );
    for (const entry of [...bad.journal.entries, ...good.journal.entries]) {
      const everything = JSON.stringify([entry.path, entry.headers, entry.body.toString()]);
      expect(everything).not.toContain(testClientKey);
      expect(everything).not.toContain('also-a-credential');
      expect(entry.headers).not.toHaveProperty('cookie');
      expect(entry.headers['openai-beta']).toBe('x=1');
    }
  });

  it('an upstream that redirects is not followed', async () => {
    const settings: Settings = gateway.core.settings();
    expect(settings.endpoints[0]?.baseUrl).toBe(bad.url);
    bad.set({}, 'redirect:302');
    await ask();
    expect(bad.journal.entries.every((entry) => entry.path === '/v1/chat/completions')).toBe(true);
  });
});
