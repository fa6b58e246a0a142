// What the gateway adds between dialects: errors in the caller's shape, streams out of documents and documents out of streams,
// counts, vectors, and who can be asked what at all.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { ApiError, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

const upstreamKey = 'upstream-key-0123456789';
let upstream: FakeUpstream;
let gateway: TestCore;
/** Answers whatever it is told to, in any shape. */
let odd: { origin: string; answer: { type: string; body: string }; hold: boolean; close(): void };

async function createOdd(): Promise<typeof odd> {
  const server = createServer((request: IncomingMessage, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': self.answer.type });
      if (self.hold) response.write(self.answer.body);
      else response.end(self.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self = {
    origin: `http://127.0.0.1:${port}`,
    answer: { type: 'application/json', body: '{}' },
    /** The connection stays open behind the answer. */
    hold: false,
    close: () => void server.close(),
  };
  return self;
}

const anthropic = (apiKey = testClientKey): Anthropic =>
  new Anthropic({ apiKey, baseURL: gateway.origin, maxRetries: 0 });
const google = (apiKey = testClientKey): GoogleGenAI =>
  new GoogleGenAI({ apiKey, httpOptions: { baseUrl: gateway.origin } });
const hello = (model: string) => ({
  model,
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello there' }],
});

async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

beforeAll(async () => {
  upstream = await createFakeUpstream({ keys: [upstreamKey], strict: true });
  odd = await createOdd();
  const accounts = [{ id: 'a', secret: { env: 'UPSTREAM_KEY' } }];
  const { origin } = upstream;
  gateway = await createTestCore({
    env: { UPSTREAM_KEY: upstreamKey },
    settings: {
      endpoints: [
        { id: 'chat', baseUrl: `${origin}/v1`, accounts, models: ['gpt-4o', 'text-embedding-3-small'] },
        { id: 'claude', kind: 'anthropic', baseUrl: origin, accounts, models: ['claude-sonnet-4-5'] },
        {
          id: 'gemini',
          kind: 'gemini',
          baseUrl: origin,
          accounts,
          models: ['gemini-3-pro-preview', 'gemini-embedding-001'],
        },
        { id: 'odd', baseUrl: `${odd.origin}/v1`, accounts, models: ['odd'] },
        // The same name at two kinds, of which only one can hold everything.
        {
          id: 'first',
          kind: 'anthropic',
          baseUrl: origin,
          accounts,
          modelMapping: { both: 'claude-sonnet-4-5' },
          models: ['x1'],
        },
        {
          id: 'second',
          priority: 1,
          baseUrl: `${origin}/v1`,
          accounts,
          modelMapping: { both: 'gpt-4o', afterwards: 'gpt-4o' },
          models: ['x2'],
        },
        // One that fails, one that can't hold everything, then the one above.
        {
          id: 'fails',
          priority: -2,
          baseUrl: `${odd.origin}/v1`,
          accounts,
          modelMapping: { afterwards: 'odd' },
          models: ['x3'],
        },
        {
          id: 'between',
          kind: 'anthropic',
          priority: -1,
          baseUrl: origin,
          accounts,
          modelMapping: { afterwards: 'claude-sonnet-4-5' },
          models: ['x4'],
        },
      ],
    },
  });
});

afterEach(() => upstream.reset());

afterAll(async () => {
  await gateway.close();
  await upstream.close();
  odd.close();
});

describe('an error has the shape of the caller’s dialect', () => {
  it('a wrong key', async () => {
    const forMessages = await thrown(() => anthropic('wrong').messages.create(hello('claude-sonnet-4-5')));
    expect(forMessages).toBeInstanceOf(Anthropic.AuthenticationError);
    expect((forMessages as Error).message).toContain('invalid x-api-key');
    const forGemini = await thrown(() =>
      google('wrong').models.generateContent({ model: 'gemini-3-pro-preview', contents: 'Hello' }),
    );
    expect(forGemini).toBeInstanceOf(ApiError);
    expect(forGemini).toMatchObject({ status: 401 });
    expect((forGemini as Error).message).toContain('UNAUTHENTICATED');
    const forResponses = await thrown(() =>
      gateway.openai({ apiKey: 'wrong' }).responses.create({ model: 'gpt-4o', input: 'Hello' }),
    );
    expect(forResponses).toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it('an unknown model', async () => {
    const error = await thrown(() => anthropic().messages.create(hello('nobody-has-this')));
    expect(error).toBeInstanceOf(Anthropic.NotFoundError);
    expect((error as Error).message).toContain('model: nobody-has-this');
    const forGemini = await thrown(() =>
      google().models.generateContent({ model: 'nobody-has-this', contents: 'Hello' }),
    );
    expect(forGemini).toMatchObject({ status: 404 });
    expect((forGemini as Error).message).toContain('NOT_FOUND');
  });

  it('a body that is no JSON, and a path that is none', async () => {
    const init = {
      method: 'POST',
      headers: { 'x-api-key': testClientKey, 'content-type': 'application/json' },
      body: '{',
    };
    const broken = await fetch(`${gateway.origin}/v1/messages`, init);
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    const nowhere = await fetch(`${gateway.origin}/v1beta/models/m:doSomething`, init);
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  });

  it('what another dialect’s upstream says about the request', async () => {
    upstream.set({}, '413');
    const error = await thrown(() => anthropic().messages.create(hello('gpt-4o')));
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({
      status: 413,
      error: { type: 'error', error: { type: 'request_too_large' } },
    });
  });
});

describe('who streams and who does not', () => {
  const document = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'odd',
    choices: [{ index: 0, message: { role: 'assistant', content: 'All at once.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
  };
  const events = [
    { choices: [{ index: 0, delta: { role: 'assistant', content: 'Bit ' }, finish_reason: null }] },
    { choices: [{ index: 0, delta: { content: 'by bit.' }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
  ];
  const stream = `${events.map((event) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'odd', ...event })}\n\n`).join('')}data: [DONE]\n\n`;

  it('a document becomes the stream that was asked for', async () => {
    odd.answer = { type: 'application/json', body: JSON.stringify(document) };
    const chunks = await gateway.openai().chat.completions.create({ ...hello('odd'), stream: true });
    let text = '';
    for await (const chunk of chunks) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('All at once.');
    expect((await gateway.record()).tokens).toMatchObject({ input: 3, output: 4, source: 'reported' });
    const message = await anthropic().messages.stream(hello('odd')).finalMessage();
    expect(message.content).toMatchObject([{ type: 'text', text: 'All at once.' }]);
  });

  it('a stream becomes the document that was asked for', async () => {
    odd.answer = { type: 'text/event-stream', body: stream };
    const answer = await gateway.openai().chat.completions.create(hello('odd'));
    expect(answer.choices[0]).toMatchObject({ message: { content: 'Bit by bit.' }, finish_reason: 'stop' });
    expect(answer.usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 4 });
    const message = await anthropic().messages.create(hello('odd'));
    expect(message).toMatchObject({
      content: [{ type: 'text', text: 'Bit by bit.' }],
      stop_reason: 'end_turn',
    });
  });

  it('a document is not kept waiting by an upstream that does not hang up', async () => {
    odd.answer = { type: 'text/event-stream', body: stream };
    odd.hold = true;
    const answer = await gateway.openai().chat.completions.create(hello('odd'));
    odd.hold = false;
    expect(answer.choices[0]?.message.content).toBe('Bit by bit.');
    expect((await gateway.record()).attempts).toHaveLength(1);
  });

  it('a stream that breaks off is no document', async () => {
    odd.answer = { type: 'text/event-stream', body: stream.slice(0, 300) };
    const error = await thrown(() => gateway.openai().chat.completions.create(hello('odd')));
    expect(error).toMatchObject({ status: 502 });
  });

  it('Gemini’s stream without alt=sse is one JSON array', async () => {
    const body = { contents: [{ role: 'user', parts: [{ text: 'Hello there' }] }] };
    for (const model of ['gemini-3-pro-preview', 'gpt-4o', 'claude-sonnet-4-5']) {
      const answer = await gateway.post(`/v1beta/models/${model}:streamGenerateContent`, body);
      expect(answer.headers.get('content-type')).toContain('application/json');
      const list = (await answer.json()) as {
        candidates?: { content?: { parts?: { text?: string }[] } }[];
      }[];
      const parts = list.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
      expect(parts.map(({ text }) => text ?? '').join('')).toContain('Hello there');
    }
  });
});

describe('who can be asked', () => {
  const audio = {
    model: 'both',
    messages: [
      { role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } }] },
    ],
  };

  it('the endpoint that can hold the request answers it, though another comes first', async () => {
    const answer = await gateway.post('/v1/chat/completions', audio);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-sluice-endpoint')).toBe('second');
    expect((await gateway.record()).skipped).toMatchObject([
      { endpointId: 'first', reason: expect.stringContaining('audio') },
    ]);
  });

  it('whoever is passed over after an attempt is told of as such', async () => {
    odd.answer = { type: 'text/html', body: '<html></html>' };
    const answer = await gateway.post('/v1/chat/completions', { ...audio, model: 'afterwards' });
    expect(answer.headers.get('x-sluice-endpoint')).toBe('second');
    const { attempts, skipped } = await gateway.record();
    expect(skipped).toMatchObject([
      { endpointId: 'between', code: 'cannot-carry', after: attempts.length - 1 },
    ]);
    expect(skipped[0]?.facts).toMatchObject({ member: 'messages' });
  });

  it('where nobody can, it says what stands in the way, and no account is blamed', async () => {
    const answer = await gateway.post('/v1/chat/completions', { ...audio, model: 'claude-sonnet-4-5' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringContaining('audio') },
    });
    expect(upstream.journal.entries).toHaveLength(0);
    expect((await gateway.record()).attempts).toEqual([]);
    expect((await gateway.post('/v1/messages', hello('claude-sonnet-4-5'))).status).toBe(200);
  });

  it('what is left out is named', async () => {
    const answer = await gateway.post('/v1/chat/completions', {
      ...hello('claude-sonnet-4-5'),
      seed: 7,
      presence_penalty: 0.5,
    });
    expect(answer.status).toBe(200);
    const dropped = answer.headers.get('x-sluice-dropped')?.split(', ');
    expect(dropped).toEqual(expect.arrayContaining(['seed', 'presence_penalty']));
    expect((await gateway.record()).attempts[0]?.repairs).toContain('left out seed');
  });
});

describe('what a model thought comes back to it through a dialect that can not carry it', () => {
  const tools: OpenAI.ChatCompletionTool[] = [
    {
      type: 'function',
      function: {
        name: 'weather',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ];

  it.each(['claude-sonnet-4-5', 'gemini-3-pro-preview'])('%s', async (model) => {
    const chat = gateway.openai().chat.completions;
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Weather in Paris?' }];
    const options = { model, tools, reasoning_effort: 'high' as const, max_tokens: 20_000 };
    const first = await chat.create({ ...options, messages });
    const { tool_calls: calls = [], content } = first.choices[0]?.message ?? {};
    expect(calls).toHaveLength(1);
    // As strict clients replay it: nothing but what the dialect knows.
    const replayed = calls.map(({ id, ...call }) => ({
      id,
      type: 'function' as const,
      function: call.type === 'function' ? call.function : { name: '', arguments: '' },
    }));
    messages.push({ role: 'assistant', content: content ?? null, tool_calls: replayed });
    for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: 'It rains.' });
    const second = await chat.create({ ...options, messages });
    expect(second.choices[0]?.message.content).toContain('It rains.');
    // The upstream takes no tool result without the thought before the call; it would have refused.
    expect((await gateway.record()).attempts).toHaveLength(1);
  });
});

describe('earlier answers in the responses dialect', () => {
  it.each(['gpt-4o', 'claude-sonnet-4-5', 'gemini-3-pro-preview'])(
    'are known by their id though %s keeps none',
    async (model) => {
      const { responses } = gateway.openai();
      const first = await responses.create({ model, input: 'The word is marzipan.' });
      const stream = await responses.create({
        model,
        previous_response_id: first.id,
        input: 'What was the word?',
        stream: true,
      });
      let id = '';
      for await (const event of stream) if (event.type === 'response.completed') id = event.response.id;
      expect(upstream.journal.last().asked?.promptText).toContain('marzipan');
      await responses.create({ model, previous_response_id: id, input: 'Again?' });
      expect(upstream.journal.last().asked?.promptText).toMatch(/marzipan[\s\S]*What was the word/);
      const stranger = await thrown(() =>
        responses.create({ model, previous_response_id: 'resp_nobody', input: 'Again?' }),
      );
      expect(stranger).toBeInstanceOf(OpenAI.BadRequestError);
    },
  );
});

describe('counting tokens', () => {
  it('asks the provider where it counts', async () => {
    const counted = await anthropic().messages.countTokens({
      model: 'claude-sonnet-4-5',
      messages: hello('').messages,
    });
    expect(counted.input_tokens).toBeGreaterThan(0);
    expect(upstream.journal.last().path).toContain('count_tokens');
    const response = await gateway.post('/v1/messages/count_tokens', hello('gemini-3-pro-preview'));
    expect(response.headers.get('x-sluice-estimated')).toBeNull();
    expect(upstream.journal.last().path).toContain(':countTokens');
    const google_ = await google().models.countTokens({
      model: 'claude-sonnet-4-5',
      contents: 'Hello there',
    });
    expect(google_.totalTokens).toBeGreaterThan(0);
  });

  it('counts itself where it does not, and says so', async () => {
    const response = await gateway.post('/v1/messages/count_tokens?beta=true', hello('gpt-4o'));
    expect(response.headers.get('x-sluice-estimated')).toBe('true');
    const { input_tokens: tokens } = (await response.json()) as { input_tokens: number };
    expect(tokens).toBeGreaterThan(3);
    expect(tokens).toBeLessThan(30);
    expect(upstream.journal.entries).toHaveLength(0);
    const gemini = await google().models.countTokens({ model: 'gpt-4o', contents: 'Hello there' });
    expect(gemini.totalTokens).toBeGreaterThan(3);
  });

  it('is for known models and keys only', async () => {
    expect((await gateway.post('/v1/messages/count_tokens', hello('nobody-has-this'))).status).toBe(404);
    const stranger = await thrown(() => anthropic('wrong').messages.countTokens(hello('gpt-4o')));
    expect(stranger).toBeInstanceOf(Anthropic.AuthenticationError);
  });
});

describe('embeddings', () => {
  it('come from Gemini to an OpenAI client, base64 and all', async () => {
    const input = ['one', 'two', 'three'];
    const { data, usage } = await gateway
      .openai()
      .embeddings.create({ model: 'gemini-embedding-001', input });
    expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { embedding } of data) expect(embedding.some((value) => value !== 0)).toBe(true);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
    expect(upstream.journal.last().path).toContain(':batchEmbedContents');
  });

  it('come from OpenAI to a Gemini client', async () => {
    const { embeddings = [] } = await google().models.embedContent({
      model: 'text-embedding-3-small',
      contents: ['one', 'two'],
    });
    expect(embeddings).toHaveLength(2);
    for (const { values = [] } of embeddings) expect(values.some((value) => value !== 0)).toBe(true);
  });

  it('are vectors for openai-node though the upstream ignores base64', async () => {
    const data = [{ object: 'embedding', index: 0, embedding: [0.25, -0.5, 1] }];
    const body = { object: 'list', data, model: 'odd', usage: { prompt_tokens: 1, total_tokens: 1 } };
    odd.answer = { type: 'application/json', body: JSON.stringify(body) };
    const answer = await gateway.openai().embeddings.create({ model: 'odd', input: 'one' });
    expect([...(answer.data[0]?.embedding ?? [])]).toEqual([0.25, -0.5, 1]);
  });
});

describe('what clients try', () => {
  it('a WebSocket for responses is told to use POST', async () => {
    const answer = await gateway.get('/v1/responses');
    expect(answer.status).toBe(426);
  });

  it('Codex’s own model list is not there, the usual one is', async () => {
    expect((await gateway.get('/v1/models?client_version=1.0.0')).status).toBe(404);
    expect((await gateway.get('/v1/models')).status).toBe(200);
  });

  it('Gemini’s model list has its own shape', async () => {
    const names: string[] = [];
    for await (const { name, supportedActions } of await google().models.list()) {
      names.push(name ?? '');
      expect(supportedActions?.length).toBeGreaterThan(0);
    }
    expect(names).toContain('models/claude-sonnet-4-5');
    const one = await google().models.get({ model: 'gpt-4o' });
    expect(one.name).toBe('models/gpt-4o');
  });

  it('the same paths with a provider’s prefix, or a doubled version', async () => {
    for (const path of ['/anthropic/v1/messages', '/v1/v1/messages', '/messages']) {
      expect((await gateway.post(path, hello('claude-sonnet-4-5'))).status).toBe(200);
    }
    const contents = [{ parts: [{ text: 'Hello' }] }];
    expect((await gateway.post('/v1/models/gpt-4o:generateContent', { contents })).status).toBe(200);
  });
});
