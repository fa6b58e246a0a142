import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/operations.ts';
import type { TrialEvent, TrialInput } from '../../../main/contract/schemas/trial.ts';
import type { ControlClient } from '../../../main/control/router.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore, testAdminToken } from '../../fakes/testCore.ts';

let near: FakeUpstream;
let far: FakeUpstream;
let gateway: TestCore;

const messages = [{ role: 'user', content: 'hello' }];

beforeAll(async () => {
  near = await createFakeUpstream({ name: 'near' });
  far = await createFakeUpstream({ name: 'far' });
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'near', baseUrl: near.url, priority: 0, models: ['gpt-4o'] },
        { id: 'far', name: 'Far', baseUrl: far.url, priority: 1, models: ['gpt-4o'], limits: { rpm: 50 } },
      ],
      timeouts: { idleMs: 2_000 },
      routing: { maxAttempts: 2 },
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await near?.close();
  await far?.close();
});
afterEach(() => {
  near.reset();
  far.reset();
});

async function trial(
  input: Partial<Omit<TrialInput, 'operation'>> & { operation?: TrialInput['operation'] } = {},
  client = gateway.control,
): Promise<TrialEvent[]> {
  const events: TrialEvent[] = [];
  const body = { model: 'gpt-4o', messages, ...input.body };
  for await (const event of await client.requests.try({ ...input, body })) events.push(event);
  return events;
}

const said = (events: readonly TrialEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

type Ended = Extract<TrialEvent, { type: 'done' | 'failed' }>;
const endOf = (events: readonly TrialEvent[]): Ended => events.at(-1) as Ended;

describe('a request of the window', () => {
  it.each([false, true])('is answered and recorded as any other (stream: %s)', async (stream) => {
    const events = await trial({ body: { stream } });
    const [started] = events;
    const done = endOf(events);
    expect(said(events)).toBe('near says: hello');
    expect(done.type === 'done' && done.body).toContain(stream ? 'data: [DONE]' : '"choices"');
    const record = await gateway.record();
    expect(done.record).toEqual(record);
    expect(started).toEqual({ type: 'started', recordId: record.id });
    expect(record).toMatchObject({
      clientKeyId: 'window',
      userAgent: 'Sluice window',
      operation: 'chat/completions',
      clientModel: 'gpt-4o',
      endpointId: 'near',
      status: 'ok',
      tokens: { source: 'reported' },
      stream,
    });
  });

  it.each<[TrialInput['operation'], Record<string, unknown>]>([
    ['responses', { input: 'hello' }],
    ['messages', { max_tokens: 50 }],
    ['gemini', { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] }],
  ])('speaks %s, whole and streamed', async (operation, body) => {
    for (const stream of [false, true]) {
      const events = await trial({
        operation,
        body: { messages: undefined, ...body, ...(operation === 'messages' ? { messages } : {}), stream },
      });
      expect(endOf(events)).toMatchObject({ type: 'done', record: { stream } });
      expect(said(events)).toBe('near says: hello');
    }
    // What stands in the path of Gemini's clients does not travel in the body.
    expect(near.journal.last().json).toMatchObject({ model: 'gpt-4o', messages: expect.any(Array) });
  });

  it('asks the one endpoint it is for, and says of the others that they were not asked', async () => {
    const events = await trial({ endpointId: 'far' });
    expect(said(events)).toBe('far says: hello');
    expect(near.journal.entries).toHaveLength(0);
    expect(endOf(events).record?.skipped).toMatchObject([
      { endpointId: 'near', accountId: null, reason: 'the request is for "far" alone' },
    ]);
  });

  it('does not go on to another endpoint where that one fails', async () => {
    far.set({}, '500');
    const failed = endOf(await trial({ endpointId: 'far' }));
    expect(failed).toMatchObject({ type: 'failed', status: 502, message: expect.stringContaining('Far') });
    expect(near.journal.entries).toHaveLength(0);
    await gateway.control.accounts.clear({ id: 'far', accountId: 'none' });
  });

  it('does not lead the conversation to where it was sent once', async () => {
    await trial({ endpointId: 'far' });
    expect(said(await trial())).toBe('near says: hello');
  });

  it('counts on the limits of the account that answers', async () => {
    const used = async () =>
      (await gateway.control.endpoints.list()).find(({ id }) => id === 'far')?.accounts[0]?.usage.rpm ?? 0;
    const before = await used();
    await trial({ endpointId: 'far' });
    expect(await used()).toBe(before + 1);
  });

  it("fails in the upstream's words, with the status a client would get", async () => {
    near.set({}, '400');
    const failed = endOf(await trial());
    expect(failed).toMatchObject({ type: 'failed', status: 400, record: { status: 'failed' } });
    expect(failed.type === 'failed' && failed.message).toBe(failed.record?.errorMessage);
  });

  it('says what broke off, with what came before', async () => {
    near.set({}, 'cut@4');
    const events = await trial({ body: { stream: true } });
    expect(said(events).length).toBeGreaterThan(0);
    expect(endOf(events)).toMatchObject({ type: 'failed', status: 200, record: { status: 'cut' } });
  });

  it.each<[what: string, body: Record<string, unknown>, message: string]>([
    ['no model', { model: undefined }, '"model" must be a non-empty string'],
    ['a model nobody has', { model: 'nobody-has-this' }, 'No endpoint serves the model "nobody-has-this"'],
  ])('%s: says so', async (_what, body, message) => {
    expect(endOf(await trial({ body }))).toMatchObject({
      type: 'failed',
      message: expect.stringContaining(message),
    });
  });

  it('says that an endpoint does not serve the model', async () => {
    await gateway.control.endpoints.update({ id: 'far', patch: { models: ['else'] } });
    const failed = endOf(await trial({ endpointId: 'far' }));
    expect(failed).toMatchObject({
      type: 'failed',
      status: 404,
      message: expect.stringContaining('The endpoint "Far" does not serve the model "gpt-4o"'),
    });
    await gateway.control.endpoints.update({ id: 'far', patch: { models: ['gpt-4o'] } });
  });

  it('is cancelled when nobody listens any more: the upstream is let go, the record says so', async () => {
    near.set({}, 'stall@3');
    const events = await gateway.control.requests.try({ body: { model: 'gpt-4o', messages, stream: true } });
    for await (const event of events) if (event.type === 'text') break;
    await near.journal.waitFor((entries) => entries.at(-1)?.endedAt !== null);
    expect(near.journal.last().ended).toBe('client');
    const record = await eventually(
      () => gateway.record(),
      ({ status }) => status === 'cancelled',
    );
    expect(record.clientKeyId).toBe('window');
  });

  it('reaches the browser as it comes, over HTTP', async () => {
    near.set({}, 'stall@3');
    const link = new OpenAPILink(contract, {
      url: `${gateway.origin}/control`,
      headers: { authorization: `Bearer ${testAdminToken}` },
    });
    const client: ControlClient = createORPCClient(link);
    const events = await client.requests.try({ body: { model: 'gpt-4o', messages, stream: true } });
    const first: TrialEvent[] = [];
    for await (const event of events) {
      first.push(event);
      if (event.type === 'text') break;
    }
    expect(first.map(({ type }) => type)).toEqual(['started', 'text']);
    await near.journal.waitFor((entries) => entries.at(-1)?.endedAt !== null);
  });

  it('is answered while the gateway is switched off', async () => {
    await gateway.control.gateway.stop();
    try {
      expect((await gateway.post('/v1/chat/completions', { model: 'gpt-4o', messages })).status).toBe(503);
      expect(said(await trial())).toBe('near says: hello');
    } finally {
      await gateway.control.gateway.start();
    }
  });

  it('is named in sums, and nobody else can take its name', async () => {
    await trial();
    await gateway.core.flush();
    const { byClientKey } = await gateway.control.usage.summary({ span: '1h' });
    expect(byClientKey.find(({ key }) => key === 'window')).toMatchObject({ name: 'Sluice' });
    expect((await gateway.control.clientKeys.list()).some(({ id }) => id === 'window')).toBe(false);
    const { key } = await gateway.control.clientKeys.create({ name: 'Window' });
    expect(key.id).not.toBe('window');
  });
});
