import fs from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keptBodyBytes } from '../../../main/contract/keptBodies.ts';
import type { RecordBodies } from '../../../main/contract/schemas/bodies.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

const upstreamSecret = 'planted.upstream"secret/Kd03';
let upstream: FakeUpstream;
let gateway: TestCore;
let reply: (text: string) => string;

const model = 'gpt-4o';
const chat = (content: unknown, rest: object = {}) => ({
  model,
  messages: [{ role: 'user', content }],
  ...rest,
});
const switchTo = (recordBodies: boolean) => gateway.control.settings.update({ usage: { recordBodies } });

beforeAll(async () => {
  upstream = await createFakeUpstream({ name: 'up', reply: ({ body }) => reply(body.toString('utf8')) });
  gateway = await createTestCore({
    settings: {
      endpoints: [
        {
          id: 'up',
          baseUrl: upstream.url,
          models: [model, 'tts-1', 'whisper-1'],
          accounts: [{ id: 'a1', secret: { env: 'UP_KEY' } }],
        },
      ],
      timeouts: { idleMs: 2_000 },
    },
    env: { UP_KEY: upstreamSecret },
  });
  await switchTo(true);
});
afterAll(async () => {
  await gateway?.close();
  await upstream?.close();
});
afterEach(() => {
  upstream.reset();
  reply = () => 'hello to you';
});
reply = () => 'hello to you';

async function send(body: unknown, route = '/v1/chat/completions'): Promise<string> {
  const response = await gateway.post(route, body);
  return response.text();
}

/** Of the newest request. */
async function kept(): Promise<RecordBodies | null> {
  const { id } = await gateway.record();
  return gateway.control.records.body({ id });
}

async function needKept(): Promise<RecordBodies> {
  const bodies = await kept();
  if (!bodies) throw new Error('nothing was kept');
  return bodies;
}

describe('while bodies are kept', () => {
  it('the request and its answer are there as they were sent', async () => {
    const text = '{ "model":"gpt-4o",  "messages":[{"role":"user","content":"你好"}] }';
    const response = await gateway.post('/v1/chat/completions', null, { body: text });
    const answer = await response.text();
    expect(await kept()).toEqual({
      request: { text, mediaType: 'application/json', bytes: Buffer.byteLength(text), isCut: false },
      answer: { text: answer, mediaType: 'application/json', bytes: Buffer.byteLength(answer), isCut: false },
    });
  });

  it('a stream is kept as the events that the client got', async () => {
    const answer = await send(chat('hello', { stream: true }));
    const bodies = await needKept();
    expect(bodies.answer).toMatchObject({ text: answer, mediaType: 'text/event-stream', isCut: false });
  });

  it('of a stream that broke off, what came and how it ended', async () => {
    upstream.set({}, 'cut@4');
    const answer = await send(chat('hello', { stream: true }));
    const bodies = await needKept();
    expect(bodies.answer?.text).toBe(answer);
    expect(bodies.answer?.text).toContain('broke off');
  });

  it.each([
    ['an error of the upstream', '400', model],
    ['an error of the gateway', '500', model],
    ['a model nobody has', 'ok', 'nobody-has-this'],
  ])('%s is kept as the client got it', async (_what, fault, wanted) => {
    upstream.set({}, fault);
    const answer = await send(chat('hello', { model: wanted }));
    expect((await needKept()).answer?.text).toBe(answer);
    await gateway.control.accounts.clear({ id: 'up', accountId: 'a1' });
  });

  it('more than the cap is cut, and the client notices nothing', async () => {
    reply = () => 'so be it '.repeat(45_000);
    const words = '界'.repeat(300_000);
    const answer = await send(chat(words));
    expect(answer.length).toBeGreaterThan(400_000);
    const { request, answer: keptAnswer } = await needKept();
    for (const body of [request, keptAnswer]) {
      expect(body).toMatchObject({ isCut: true });
      expect(Buffer.byteLength(body?.text ?? '')).toBeLessThanOrEqual(keptBodyBytes);
      expect(Buffer.byteLength(body?.text ?? '')).toBeGreaterThan(keptBodyBytes - 10);
    }
    expect(request.bytes).toBeGreaterThan(900_000);
  });

  it('an image is told by its type and size, and reaches the upstream whole', async () => {
    const url = `data:image/png;base64,${'iVBORw0KGgoA'.repeat(250_000)}`;
    await send(
      chat([
        { type: 'text', text: 'what is this?' },
        { type: 'image_url', image_url: { url } },
      ]),
    );
    const { request } = await needKept();
    expect(request).toMatchObject({ isCut: false, bytes: expect.any(Number) });
    expect(JSON.parse(request.text ?? '')).toEqual(
      chat([
        { type: 'text', text: 'what is this?' },
        { type: 'image_url', image_url: { url: '[left out: image/png, 2.3 MB]' } },
      ]),
    );
    expect(JSON.stringify(upstream.journal.last().json)).toContain(url);
  });

  it('sound is no text', async () => {
    await send({ model: 'tts-1', input: 'hello', voice: 'alloy' }, '/v1/audio/speech');
    const { request, answer } = await needKept();
    expect(request.text).toContain('"hello"');
    expect(answer).toMatchObject({ text: null, isCut: false });
    expect(answer?.bytes).toBeGreaterThan(0);
  });

  it("a request of the window is kept like a client's", async () => {
    for await (const _ of await gateway.control.requests.try({ body: chat('from the window') }));
    expect((await needKept()).request.text).toContain('from the window');
  });

  it('no secret stands in any file, in whatever spelling', async () => {
    const spelled = [
      upstreamSecret,
      JSON.stringify(upstreamSecret).slice(1, -1),
      encodeURIComponent(upstreamSecret),
      Buffer.from(upstreamSecret).toString('base64'),
      testClientKey,
      'sk-proj-somebody-elses-key-0123456789',
    ];
    reply = () => `I was told ${spelled.join(' and ')}`;
    await send(chat(`remember ${spelled.join(' or ')}`));
    await send(chat(`remember ${spelled.join(' or ')}`, { stream: true }));
    const bodies = await needKept();
    expect(bodies.request.text).toContain('remember ••');
    await gateway.core.flush();
    const db = new Database(path.join(gateway.dataDir, 'usage.db'), { readonly: true });
    const contents = db.prepare<[], Buffer>('SELECT content FROM bodies').pluck().all();
    db.close();
    expect(contents.length).toBeGreaterThan(5);
    const onDisk = [
      ...contents.map((content) => inflateRawSync(content).toString('utf8')),
      ...fs
        .readdirSync(gateway.dataDir)
        .map((file) => fs.readFileSync(path.join(gateway.dataDir, file), 'latin1')),
    ];
    for (const secret of spelled)
      expect(
        onDisk.filter((text) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1))),
      ).toEqual([]);
  });
});

describe('while bodies are not kept', () => {
  it('nothing is, from the very next request on, and what was kept stays', async () => {
    await send(chat('kept'));
    const before = await gateway.record();
    await switchTo(false);
    await send(chat('not kept'));
    expect(await kept()).toBeNull();
    expect((await gateway.control.records.body({ id: before.id }))?.request.text).toContain('kept');
    await switchTo(true);
    await send(chat('kept again'));
    expect((await needKept()).request.text).toContain('kept again');
  });

  it('of an unknown request there is nothing', async () => {
    expect(await gateway.control.records.body({ id: 'nope' })).toBeNull();
  });
});
