import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';

let first: FakeUpstream;
let second: FakeUpstream;
let gateway: TestCore;

beforeAll(async () => {
  first = await createFakeUpstream({ name: 'first', keys: ['first-key-0123456789'] });
  second = await createFakeUpstream({
    name: 'second',
    keys: ['second-key-0123456789'],
    models: ['text-embedding-3-small', 'upstream-name'],
  });
  gateway = await createTestCore({
    env: { FIRST: 'first-key-0123456789', SECOND: 'second-key-0123456789' },
    settings: {
      endpoints: [
        {
          id: 'first',
          baseUrl: first.url,
          accounts: [{ id: 'a', secret: { env: 'FIRST' } }],
          models: ['gpt-4o'],
          modelMapping: { 'gpt-4': 'gpt-4o' },
        },
        {
          id: 'second',
          baseUrl: `${second.origin}/`,
          accounts: [{ id: 'b', secret: { env: 'SECOND' } }],
          models: [
            'text-embedding-3-small',
            'whisper-1',
            'tts-1',
            'dall-e-3',
            'rerank-1',
            'omni-moderation',
            'instruct',
          ],
          modelMapping: { 'client-*': 'upstream-name' },
        },
      ],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await first?.close();
  await second?.close();
});
afterEach(() => {
  first.reset();
  second.reset();
});

const messages = [{ role: 'user' as const, content: 'Good morning' }];

describe('through the openai SDK', () => {
  it('chats, and says who answered', async () => {
    const { data, response } = await gateway
      .openai()
      .chat.completions.create({ model: 'gpt-4o', messages })
      .withResponse();
    expect(data.choices[0]?.message.content).toContain('Good morning');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-sluice-endpoint': 'first',
      'x-sluice-account': 'a',
      'x-sluice-model': 'gpt-4o',
      'x-sluice-attempts': '1',
      'x-request-id': expect.stringMatching(/^req_/),
    });
    const sent = first.journal.last();
    expect(sent.headers.authorization).toBe('Bearer first-key-0123456789');
    expect(sent.body.toString()).toBe(JSON.stringify({ model: 'gpt-4o', messages }));
  });

  it('streams, without the usage chunk nobody asked for, and counts it all the same', async () => {
    const stream = await gateway.openai().chat.completions.create({ model: 'gpt-4', messages, stream: true });
    let text = '';
    for await (const chunk of stream) {
      expect(chunk.choices).toHaveLength(1);
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(text).toContain('first says');
    expect(first.journal.last().json).toMatchObject({
      model: 'gpt-4o',
      stream_options: { include_usage: true },
    });
    const record = await gateway.record();
    expect(record).toMatchObject({
      status: 'ok',
      clientModel: 'gpt-4',
      upstreamModel: 'gpt-4o',
      endpointId: 'first',
      stream: true,
      httpStatus: 200,
    });
    expect(record.tokens.source).toBe('reported');
    expect(record.tokens.output).toBeGreaterThan(0);
    expect(record.firstTokenMs).toBeGreaterThan(0);
  });

  it('hands the usage chunk to a client that asked', async () => {
    const stream = await gateway.openai().chat.completions.create({
      model: 'gpt-4o',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('tools, unknown fields and images arrive as sent, byte by byte', async () => {
    const body = `{"messages":[{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}], "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],  "x_unknown": {"deep":[1, 2.50, "\\u00e9"]},"model":"gpt-4o"}`;
    const response = await fetch(`${gateway.origin}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.openai().apiKey}`, 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
    expect(first.journal.last().body.toString()).toBe(body);
  });

  it('streams tool calls through the helper of the SDK', async () => {
    const tools = [
      {
        type: 'function' as const,
        function: {
          name: 'weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
        },
      },
    ];
    const runner = gateway.openai().chat.completions.stream({ model: 'gpt-4o', messages, tools });
    const completion = await runner.finalChatCompletion();
    expect(completion.choices[0]?.finish_reason).toBe('tool_calls');
    expect(completion.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      type: 'function',
      function: { name: 'weather' },
    });
  });

  it('embeds, in floats and base64', async () => {
    const floats = await gateway
      .openai()
      .embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'float' });
    expect(floats.data).toHaveLength(2);
    const packed = await gateway
      .openai()
      .embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] });
    expect(packed.data[0]?.embedding.length).toBe(floats.data[0]?.embedding.length);
    expect(second.journal.last().headers.authorization).toBe('Bearer second-key-0123456789');
  });

  it('maps patterns', async () => {
    await gateway.openai().chat.completions.create({ model: 'client-anything', messages });
    expect(second.journal.last().json).toMatchObject({ model: 'upstream-name' });
  });

  it('lists the models of all endpoints, and finds one', async () => {
    const list = await gateway.openai().models.list();
    const ids = list.data.map(({ id }) => id);
    expect(ids).toEqual([
      'dall-e-3',
      'gpt-4',
      'gpt-4o',
      'instruct',
      'omni-moderation',
      'rerank-1',
      'text-embedding-3-small',
      'tts-1',
      'whisper-1',
    ]);
    expect(await gateway.openai().models.retrieve('gpt-4')).toMatchObject({
      id: 'gpt-4',
      owned_by: 'first',
      context_length: 128_000,
    });
    await expect(gateway.openai().models.retrieve('nope')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  it('speaks, transcribes, draws, moderates, ranks and completes', async () => {
    const client = gateway.openai();
    const speech = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'hi' });
    expect(speech.headers.get('content-type')).toMatch(/^audio\//);
    expect((await speech.arrayBuffer()).byteLength).toBeGreaterThan(10);
    const file = new File([new Uint8Array(50_000)], 'voice.wav');
    expect((await client.audio.transcriptions.create({ model: 'whisper-1', file })).text).toBeTypeOf(
      'string',
    );
    expect((await client.images.generate({ model: 'dall-e-3', prompt: 'a sluice' })).data).toHaveLength(1);
    expect((await client.moderations.create({ model: 'omni-moderation', input: 'x' })).results).toHaveLength(
      1,
    );
    expect((await client.completions.create({ model: 'instruct', prompt: 'x' })).choices).toHaveLength(1);
    const ranked = await gateway.post('/v1/rerank', { model: 'rerank-1', query: 'q', documents: ['a', 'b'] });
    expect(((await ranked.json()) as { results: unknown[] }).results).toHaveLength(2);
  });

  it.each([
    '/chat/completions',
    '/v1/v1/chat/completions',
    '//v1/chat/completions',
    '/openai/v1/chat/completions',
  ])('answers under %s', async (path) => {
    expect((await gateway.post(path, { model: 'gpt-4o', messages })).status).toBe(200);
  });
});
