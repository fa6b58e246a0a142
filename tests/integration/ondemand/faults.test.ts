// Everything the service was seen doing wrong, and what the user gets to see of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createBench, model, type OndemandBench, user } from './bench.ts';

const hello = [user('Say exactly: Grüße aus Köln, 你好!')];
const answer = 'Grüße aus Köln, 你好!';

let bench: OndemandBench;
let spare: FakeUpstream;

const outcomes = (record: RequestRecord): string[] => record.attempts.map(({ outcome }) => outcome);
const timesAsked = (): number => bench.emulator.journal.of({ route: 'query' }).length;

async function accountStates(): Promise<
  Record<string, { state: string; until: number | null; reason: string | null }>
> {
  const endpoints = await bench.gateway.control.endpoints.list();
  const accounts = endpoints.find(({ id }) => id === 'ondemand')?.accounts ?? [];
  return Object.fromEntries(accounts.map(({ id, state, until, reason }) => [id, { state, until, reason }]));
}

beforeAll(async () => {
  spare = await createFakeUpstream({ name: 'spare' });
  bench = await createBench({
    endpoint: {},
    others: [{ id: 'spare', baseUrl: spare.url, models: ['gpt-4o'], priority: 1 }],
    settings: { timeouts: { connectMs: 2_000, firstByteMs: 1_200, idleMs: 1_200 } },
  });
});
afterAll(async () => {
  await bench?.close();
  await spare?.close();
});
afterEach(async () => {
  spare.reset();
  await bench.reset();
});

describe.each(['chat', 'stream'] as const)('the user notices nothing, %s:', (how) => {
  it.each([
    ['no-status', 1],
    ['no-repeat', 1],
    ['no-metrics', 1],
    ['no-thinking', 1],
    ['null-answers', 1],
    ['thinking-around', 1],
    ['crlf', 1],
    ['utf8split', 1],
    ['half', 1],
    ['drip:1', 1],
    ['404-route', 1],
    ['401', 1],
    ['403', 1],
    ['500-empty', 2],
    ['503', 2],
    ['520', 2],
    ['524', 2],
    ['504', 2],
    ['429', 2],
    ['invalid-key', 2],
    ['done-empty', 2],
    ['error', 2],
    ['slow-first-byte:3000', 2],
    ['blackhole', 2],
    ['rst@0', 2],
    ['cut@0', 2],
    ['html200', 2],
    ['planning', 1],
  ])('%s, in at most %i attempts', async (fault, attempts) => {
    bench.emulator.script(fault);
    expect(await bench[how](hello)).toBe(answer);
    const record = await bench.gateway.record();
    expect(record.status).toBe('ok');
    expect(record.attempts.length).toBeLessThanOrEqual(attempts);
  });
});

it.each(['chat', 'stream'] as const)('a stream that calls itself JSON is one still, %s', async (how) => {
  bench.emulator.script('mistyped');
  expect(await bench[how](hello)).toBe(answer);
  expect(timesAsked()).toBe(1);
});

it('thoughts without an answer are no answer', async () => {
  const thinker = { model: 'gpt-5.6-sol' };
  bench.emulator.script('done-empty');
  expect(await bench.chat(hello, thinker)).toBe(answer);
  expect(timesAsked()).toBe(2);
  bench.emulator.script('done-empty');
  await expect(bench.stream(hello, thinker)).rejects.toThrow('the answer is empty');
});

it('a stream that is whole but never closed is whole', async () => {
  bench.emulator.script('hold');
  expect(await bench.stream(hello)).toBe(answer);
});

describe('a stream that ends too soon says so', () => {
  it.each(['cut@6', 'no-done', 'error@3', 'stall@6', 'rst@6'])('%s, after words', async (fault) => {
    bench.emulator.script(fault);
    await expect(bench.stream([user('Count to 40')])).rejects.toThrow();
    const record = await bench.gateway.record();
    expect(record).toMatchObject({ status: 'cut' });
    expect(timesAsked()).toBe(1);
  });

  it.each(['cut@6', 'no-done', 'error@3', 'stall@6', 'bad-json'])(
    '%s is made good where nothing was sent yet',
    async (fault) => {
      bench.emulator.script(fault);
      expect(await bench.chat([user('Count to 5')])).toBe('1 2 3 4 5');
    },
  );
});

describe("the caller's own mistakes", () => {
  it.each(['400-context', 'error-context'])(
    '%s: 400 with the code that clients shorten by',
    async (fault) => {
      for (const stream of [false, true]) {
        bench.emulator.script(fault);
        const { status, error } = await bench.raw(hello, { stream });
        expect(status).toBe(400);
        expect(error).toMatchObject({
          message: 'Model context length exceeded',
          code: 'context_length_exceeded',
        });
      }
      expect(timesAsked()).toBe(2);
      for (const { state } of Object.values(await accountStates())) expect(state).toBe('ready');
    },
  );

  it('error-context reaches the SDK of Anthropic as its own kind of error', async () => {
    bench.emulator.script('error-context');
    const failure = await bench
      .anthropic()
      .messages.create({ model, max_tokens: 50, messages: [{ role: 'user', content: 'hello' }] })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 400 });
    expect(String(failure)).toContain('Model context length exceeded');
  });

  it('a policy 403 goes to the caller and blames no account', async () => {
    bench.emulator.script('403-policy');
    const { status, error } = await bench.raw(hello);
    expect(status).toBe(403);
    expect(error.message).toContain('content policy');
    expect(timesAsked()).toBe(1);
    for (const { state } of Object.values(await accountStates())) expect(state).toBe('ready');
  });

  it('a refusal for policy within the stream is the same', async () => {
    for (const stream of [false, true]) {
      bench.emulator.script('error-policy');
      const { status, error } = await bench.raw(hello, { stream });
      expect(status).toBe(400);
      expect(error.message).toContain('The request was declined (content_policy_violation)');
    }
    expect(timesAsked()).toBe(2);
    for (const { state } of Object.values(await accountStates())) expect(state).toBe('ready');
  });

  it('tools without the option are refused with what to do', async () => {
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }];
    const { status, error } = await bench.raw(hello, { tools });
    expect(status).toBe(400);
    expect(error.message).toContain('prompt tools');
    expect(timesAsked()).toBe(0);
  });
});

describe('models that are not active', () => {
  it('the upstream says so, once every account was asked', async () => {
    const { status, error } = await bench.raw(hello, { model: 'claude-4-opus' });
    expect(status).toBe(400);
    expect(error.message).toBe('endpointId predefined-claude-4-opus is not active');
    expect(outcomes(await bench.gateway.record())).toContain('model-missing');
    // Other models of the same accounts are not held back.
    expect(await bench.chat(hello)).toBe(answer);
  });

  it('another endpoint that serves the name is asked before the other accounts', async () => {
    expect(await bench.chat(hello, { model: 'gpt-4o' })).toContain('spare says');
    expect(outcomes(await bench.gateway.record())).toEqual(['model-missing', 'ok']);
  });
});

describe('accounts that are held back', () => {
  it('a limit cools the whole account for the time it names, else for five minutes', async () => {
    bench.emulator.scriptFor({ account: 'key-1' }, '429:7');
    bench.emulator.scriptFor({ account: 'key-2' }, '429');
    bench.emulator.scriptFor({ account: 'ada@example.com' }, '429');
    bench.emulator.scriptFor({ account: 'bob@example.com' }, '429');
    const start = Date.now();
    const first = await bench.raw(hello);
    expect(first.status).toBe(503);
    const states = await accountStates();
    const left = Object.values(states).map(({ until }) => Math.round(((until ?? 0) - start) / 1_000));
    expect(left.sort((a, b) => a - b)[0]).toBeLessThanOrEqual(8);
    expect(left.filter((seconds) => seconds >= 295 && seconds <= 305)).toHaveLength(3);

    const second = await bench.raw(hello, { model: 'kimi-k3' });
    expect(second.status).toBe(503);
    expect(Number(second.headers.get('retry-after'))).toBeLessThanOrEqual(8);
    expect(second.error.code).toBe('no_available_endpoint');
    expect(second.error.message).toMatch(/The first is back in [5-8] s/);
  });

  it('a key named as wrong is put aside for a day, a stumble for minutes', async () => {
    bench.emulator.set({ account: 'key-1' }, 'invalid-key');
    bench.emulator.set({ account: 'key-2' }, '403');
    // Different conversations: the same one would stay with its account.
    for (let at = 0; at < 30; at++) expect(await bench.chat([user(`Say exactly: ${at}`)])).toBe(String(at));
    const states = await accountStates();
    expect(states['key-1']).toMatchObject({ state: 'refused', reason: 'Invalid API Key' });
    expect(states['key-2']).toMatchObject({ state: 'refused', reason: 'Unauthorized' });
    const hours = (id: string): number => ((states[id]?.until ?? 0) - Date.now()) / 3_600_000;
    expect(hours('key-1')).toBeGreaterThan(20);
    expect(hours('key-2')).toBeLessThan(1);
  });

  it('nothing is sent for an account without a key', async () => {
    await bench.gateway.control.endpoints.update({
      id: 'spare',
      patch: { kind: 'ondemand', baseUrl: bench.emulator.origin, models: ['predefined-nobody'] },
    });
    const before = bench.emulator.journal.entries.length;
    const { status, error } = await bench.raw(hello, { model: 'predefined-nobody' });
    expect(status).toBe(502);
    expect(error.message).toContain('no readable API key');
    expect(bench.emulator.journal.entries.length).toBe(before);
    await bench.gateway.control.endpoints.update({
      id: 'spare',
      patch: { kind: 'openai', baseUrl: spare.url, models: ['gpt-4o'] },
    });
  });
});
