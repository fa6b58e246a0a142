// The spending mode, from the operation to what the upstreams and the clients see of it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../../main/contract/events.ts';
import type { TrialEvent } from '../../../main/contract/schemas/trial.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';

let paid: FakeUpstream;
let free: FakeUpstream;
let dataDir: string;
let gateway: TestCore;
/** Added to the real time. */
let later = 0;

const messages = [{ role: 'user', content: 'hello' }];
const chat = { model: 'gpt-4o', messages };

const open = () =>
  createTestCore({
    dataDir,
    settings: {
      endpoints: [
        { id: 'paid', baseUrl: paid.url, models: ['gpt-4o', 'o4-mini'] },
        { id: 'free', baseUrl: free.url, models: ['gpt-4o'], priority: 5, free: true },
      ],
    },
    platform: { clock: { now: () => Date.now() + later, monotonic: () => performance.now() } },
  });

beforeAll(async () => {
  paid = await createFakeUpstream({ name: 'paid' });
  free = await createFakeUpstream({ name: 'free' });
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-spending-'));
  gateway = await open();
});
afterAll(async () => {
  await gateway?.close();
  await paid?.close();
  await free?.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});
afterEach(async () => {
  await gateway.control.gateway.setSpending({ mode: 'normal' });
});

async function answerOf(body: object = chat): Promise<string> {
  const response = await gateway.post('/v1/chat/completions', body);
  const document = (await response.json()) as {
    choices?: [{ message: { content: string } }];
    error?: { message: string };
  };
  return document.choices?.[0].message.content ?? `${response.status} ${document.error?.message}`;
}

async function trial(endpointId: string | null): Promise<TrialEvent> {
  let last: TrialEvent | null = null;
  for await (const event of await gateway.control.requests.try({ body: chat, endpointId })) last = event;
  return last as unknown as TrialEvent;
}

describe('free endpoints only', () => {
  it('goes past the paid one and says so in the record', async () => {
    expect(await answerOf()).toBe('paid says: hello');
    await gateway.control.gateway.setSpending({ mode: 'free' });
    expect(await answerOf()).toBe('free says: hello');
    expect((await gateway.record()).skipped).toEqual([
      {
        endpointId: 'paid',
        accountId: 'none',
        code: 'not-free',
        facts: {},
        reason: 'only free endpoints are asked now',
        until: null,
      },
    ]);
  });

  it('refuses what only a paid one serves, with the reason and no time to wait for', async () => {
    await gateway.control.gateway.setSpending({ mode: 'free' });
    const response = await gateway.post('/v1/chat/completions', { ...chat, model: 'o4-mini' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(response.headers.get('x-should-retry')).toBe('false');
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('no_available_endpoint');
    expect(error.message).toContain('only free endpoints are asked now');
  });

  it('still lets the window ask one endpoint by name', async () => {
    await gateway.control.gateway.setSpending({ mode: 'free' });
    expect(await trial('paid')).toMatchObject({ type: 'done', record: { endpointId: 'paid' } });
    expect(await trial(null)).toMatchObject({ type: 'done', record: { endpointId: 'free' } });
  });
});

describe('one endpoint for a time', () => {
  it('asks it alone, and all of them when the time is over', async () => {
    const heard: LiveEvent[] = [];
    const stop = gateway.core.liveBus.subscribe((event) => heard.push(event), ['status']);
    await gateway.control.gateway.setSpending({ mode: 'endpoint', endpointId: 'free', minutes: 30 });
    expect(await answerOf()).toBe('free says: hello');
    const other = await gateway.post('/v1/chat/completions', { ...chat, model: 'o4-mini' });
    expect(other.status).toBe(503);
    expect(Number(other.headers.get('retry-after'))).toBeGreaterThan(29 * 60);
    expect(other.headers.get('x-should-retry')).toBe('false');
    await other.text();
    later += 31 * 60_000;
    expect(await answerOf()).toBe('paid says: hello');
    expect((await gateway.control.gateway.status()).spending).toEqual({ mode: 'normal' });
    expect(heard.length).toBeGreaterThan(0);
    stop();
  });
});

describe('paused', () => {
  const requests: [string, string, object, (body: never) => string][] = [
    [
      'chat',
      '/v1/chat/completions',
      chat,
      (body: { error: { code: string; message: string } }) => `${body.error.code} ${body.error.message}`,
    ],
    [
      'responses',
      '/v1/responses',
      { model: 'gpt-4o', input: 'hello' },
      (body: { error: { code: string; message: string } }) => `${body.error.code} ${body.error.message}`,
    ],
    [
      'messages',
      '/v1/messages',
      { ...chat, max_tokens: 9 },
      (body: { type: string; error: { type: string; message: string } }) =>
        `${body.type} ${body.error.type} ${body.error.message}`,
    ],
    [
      'gemini',
      '/v1beta/models/gpt-4o:generateContent',
      { contents: [{ parts: [{ text: 'hello' }] }] },
      (body: { error: { code: number; status: string; message: string } }) =>
        `${body.error.code} ${body.error.status} ${body.error.message}`,
    ],
  ];
  const shapes: Record<string, RegExp> = {
    chat: /^gateway_paused Sluice is paused /,
    responses: /^gateway_paused Sluice is paused /,
    messages: /^error \w+_error Sluice is paused /,
    gemini: /^503 UNAVAILABLE Sluice is paused /,
  };

  it.each(requests)(
    'tells a client of %s that it is, until when, and the way out',
    async (name, at, body, read) => {
      await gateway.control.gateway.setSpending({ mode: 'paused', minutes: 20 });
      const before = paid.journal.entries.length + free.journal.entries.length;
      const response = await gateway.post(at, body);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(19 * 60);
      expect(response.headers.get('x-should-retry')).toBe('false');
      const words = read((await response.json()) as never);
      expect(words).toMatch(shapes[name] as RegExp);
      expect(words).toMatch(/until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, for another 20 min/);
      expect(words).toContain('Back to normal');
      expect(paid.journal.entries.length + free.journal.entries.length).toBe(before);
      expect(await gateway.record()).toMatchObject({
        errorCode: 'gateway_paused',
        attempts: [],
        status: 'failed',
      });
    },
  );

  it('names no time where it has none, and asks SDKs not to come back', async () => {
    await gateway.control.gateway.setSpending({ mode: 'paused' });
    const response = await gateway.post('/v1/embeddings', { model: 'gpt-4o', input: 'hello' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.text()).toContain('until it is resumed');
  });

  it('says no to SDKs also when it ends within seconds', async () => {
    await gateway.control.gateway.setSpending({ mode: 'paused', minutes: 1 });
    later += 50_000;
    const response = await gateway.post('/v1/chat/completions', chat);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    expect(response.headers.get('x-should-retry')).toBe('false');
    await response.text();
  });

  it('counts no tokens upstream, and stops the window’s own trials too', async () => {
    await gateway.control.gateway.setSpending({ mode: 'paused' });
    expect((await gateway.post('/v1/messages/count_tokens', chat)).status).toBe(503);
    expect(await trial('paid')).toMatchObject({ type: 'failed', status: 503, record: { attempts: [] } });
  });

  it('leaves the health and the list of models as they are', async () => {
    const models = async () => ((await (await gateway.get('/v1/models')).json()) as { data: unknown[] }).data;
    const before = await models();
    await gateway.control.gateway.setSpending({ mode: 'paused' });
    expect((await gateway.get('/health')).status).toBe(200);
    expect(await models()).toEqual(before);
    expect(before.length).toBeGreaterThan(1);
  });
});

it('a restart keeps the mode, and an end that came meanwhile', async () => {
  await gateway.control.gateway.setSpending({ mode: 'paused', minutes: 30 });
  const { spending } = await gateway.control.gateway.status();
  await gateway.close();
  expect(JSON.parse(fs.readFileSync(path.join(dataDir, 'spending.json'), 'utf8'))).toEqual(spending);
  gateway = await open();
  expect((await gateway.control.gateway.status()).spending).toEqual(spending);
  expect((await gateway.post('/v1/chat/completions', chat)).status).toBe(503);
  await gateway.close();
  later += 31 * 60_000;
  gateway = await open();
  expect((await gateway.control.gateway.status()).spending).toEqual({ mode: 'normal' });
  expect(fs.existsSync(path.join(dataDir, 'spending.json'))).toBe(false);
  await eventually(
    () => answerOf(),
    (answer) => answer === 'paid says: hello',
  );
});

it('a file that can not be read means normal, and the log says so', async () => {
  await gateway.close();
  fs.writeFileSync(path.join(dataDir, 'spending.json'), '{"mode":"everything"}');
  gateway = await open();
  expect((await gateway.control.gateway.status()).spending).toEqual({ mode: 'normal' });
  expect(gateway.logs.some(({ message }) => message.includes('spending mode'))).toBe(true);
});
