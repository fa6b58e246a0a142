import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { vectorOf } from '../../fakes/upstream/embeddings.ts';
import { pixelPng, speechBytes } from '../../fakes/upstream/media.ts';

let upstream: FakeUpstream;
let client: OpenAI;

const hello = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'good morning, world' }] };
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } },
  },
};

beforeAll(async () => {
  upstream = await createFakeUpstream({ name: 'one', keys: ['sk-one'] });
  client = new OpenAI({ baseURL: upstream.url, apiKey: 'sk-one', maxRetries: 0 });
});
afterEach(() => upstream.reset());
afterAll(() => upstream.close());

async function collect(model: string, extra: object = {}) {
  const stream = await client.chat.completions.create({ ...hello, model, stream: true, ...extra });
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks: OpenAI.ChatCompletionChunk[]) =>
  chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

test('chat answers whole, with usage, and the journal has it', async () => {
  const answer = await client.chat.completions.create({ ...hello, logprobs: true, reasoning_effort: 'low' });
  expect(answer.choices[0]?.message).toMatchObject({
    content: 'one says: good morning, world',
    reasoning_content: expect.stringContaining('First'),
  });
  expect(answer.usage).toMatchObject({ prompt_tokens: 4, total_tokens: expect.any(Number) });
  expect(answer).toHaveProperty('x_unknown');
  expect(upstream.journal.last()).toMatchObject({
    method: 'POST',
    path: '/v1/chat/completions',
    key: 'sk-one',
    model: 'gpt-4o',
    status: 200,
    ended: 'answered',
  });
  expect(upstream.journal.last().bytesSent).toBeGreaterThan(100);
});

test('chat streams, with usage only where asked', async () => {
  const plain = await collect('gpt-4o');
  expect(textOf(plain)).toBe('one says: good morning, world');
  expect(plain.some((chunk) => chunk.usage)).toBe(false);
  const counted = await collect('gpt-4o', { stream_options: { include_usage: true } });
  expect(counted.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } });
  const always = await collect('gpt-4o!usage-in-every-chunk');
  expect(always.every((chunk) => chunk.usage)).toBe(true);
});

test('tools are called whole and streamed', async () => {
  const answer = await client.chat.completions.create({
    ...hello,
    messages: [{ role: 'user', content: 'look at both' }],
    tools: [weather, weather],
  });
  expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
  expect(answer.choices[0]?.message.tool_calls).toHaveLength(2);
  const chunks = await collect('gpt-4o', { tools: [weather] });
  const args = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
  expect(JSON.parse(args.map((call) => call.function?.arguments ?? '').join(''))).toEqual({
    city: 'Zürich',
    days: 3,
  });
});

test('the other routes answer', async () => {
  const floats = await client.embeddings.create({ model: 'e', input: ['a', 'bc'], encoding_format: 'float' });
  expect(floats.data[1]?.embedding).toEqual(vectorOf('bc'));
  // The SDK asks for base64 by itself and decodes it.
  const decoded = await client.embeddings.create({ model: 'e', input: 'abc' });
  expect(upstream.journal.last().json).toMatchObject({ encoding_format: 'base64' });
  expect(Array.from(decoded.data[0]?.embedding ?? [])).toEqual(vectorOf('abc'));
  expect((await client.models.list()).data.map((model) => model.id)).toContain('gpt-4o');
  expect((await client.models.retrieve('gpt-4o')).id).toBe('gpt-4o');
  expect((await client.completions.create({ model: 'old', prompt: 'x' })).choices[0]?.text).toBe(
    'one says: x',
  );
  expect((await client.moderations.create({ input: 'forbidden' })).results[0]?.flagged).toBe(true);
  expect((await client.images.generate({ model: 'i', prompt: 'x' })).data?.[0]?.b64_json).toBe(
    pixelPng.toString('base64'),
  );
  const speech = await client.audio.speech.create({ model: 't', voice: 'alloy', input: 'x' });
  expect(Buffer.from(await speech.arrayBuffer()).equals(speechBytes)).toBe(true);
});

test('multipart arrives byte for byte', async () => {
  const file = await OpenAI.toFile(speechBytes, 'talk.mp3', { type: 'audio/mpeg' });
  const heard = await client.audio.transcriptions.create({ model: 'whisper-1', file });
  expect(heard.text).toBe('heard 4096 bytes of talk.mp3');
  const sent = upstream.journal.last();
  expect(sent.model).toBe('whisper-1');
  expect(sent.form?.find((part) => part.name === 'file')?.bytes.equals(speechBytes)).toBe(true);
  const image = await OpenAI.toFile(pixelPng, 'dot.png', { type: 'image/png' });
  await client.images.edit({ model: 'i', prompt: 'blue', image });
  expect(upstream.journal.last().form?.map((part) => part.name)).toEqual(['model', 'prompt', 'image']);
});

test('keys, statuses and scripts', async () => {
  const stranger = new OpenAI({ baseURL: upstream.url, apiKey: 'sk-two', maxRetries: 0 });
  await expect(stranger.chat.completions.create(hello)).rejects.toMatchObject({ status: 401 });
  upstream.script('500', '429:7');
  await expect(client.chat.completions.create(hello)).rejects.toMatchObject({ status: 500 });
  const limited = await client.chat.completions.create(hello).catch((error: unknown) => error);
  expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
  if (limited instanceof OpenAI.RateLimitError) expect(limited.headers?.get('retry-after')).toBe('7');
  expect((await client.chat.completions.create(hello)).choices).toHaveLength(1);
  upstream.set({ key: 'sk-one' }, '402');
  await expect(client.chat.completions.create(hello)).rejects.toMatchObject({ status: 402 });
  upstream.set({ key: 'sk-one' }, null);
  await expect(client.chat.completions.create({ ...hello, messages: [] })).rejects.toMatchObject({
    status: 400,
    param: 'messages',
  });
  expect(() => upstream.script('5oo')).toThrow('no fault');
});

test.each(['drip:0', 'half', 'crlf', 'utf8split', 'nodone', '1xx'])(
  '%s still gives the whole text',
  async (fault) => {
    expect(textOf(await collect(`gpt-4o!${fault}`))).toBe('one says: good morning, world');
  },
);

test.each(['cut@3', 'rst@3', 'rst', 'cut', 'illegal', 'badjson'])('%s breaks the stream', async (fault) => {
  await expect(collect(`gpt-4o!${fault}`)).rejects.toThrow();
  await upstream.journal.waitFor((entries) => entries.at(-1)?.ended !== 'open');
});

test('fin@3 ends in good order without a finish reason', async () => {
  const chunks = await collect('gpt-4o!fin@3');
  expect(chunks).toHaveLength(3);
  expect(chunks.some((chunk) => chunk.choices[0]?.finish_reason)).toBe(false);
});

test.each(['len+', 'gzipbad', 'gziptrunc', 'cut@10', 'rst@10', 'badjson'])(
  '%s breaks a whole answer',
  async (fault) => {
    await expect(client.chat.completions.create({ ...hello, model: `gpt-4o!${fault}` })).rejects.toThrow();
  },
);

test('other answers in place of the right one', async () => {
  const raw = async (model: string) => {
    const response = await fetch(`${upstream.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk-one' },
      body: JSON.stringify({ ...hello, model }),
      redirect: 'manual',
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  expect(await raw('html200')).toMatchObject({ status: 200, type: expect.stringContaining('text/html') });
  expect(await raw('html200json')).toMatchObject({ status: 200, type: 'application/json' });
  expect((await raw('err200')).text).toContain('"error"');
  expect(await raw('empty')).toMatchObject({ status: 200, text: '' });
  expect((await raw('choices-empty')).text).toContain('"choices":[]');
  expect((await raw('redirect:308')).status).toBe(308);
  expect((await raw('529')).status).toBe(529);
  expect((await raw('404-model')).text).toContain('model_not_found');
  expect(JSON.parse((await raw('gzip')).text)).toHaveProperty('choices');
  expect((await raw('big:50000')).text.length).toBeGreaterThan(50_000);
});

test('a client that leaves is noticed within 100 ms', async () => {
  const abort = new AbortController();
  const stream = await client.chat.completions.create(
    { ...hello, model: 'gpt-4o!stall@2', stream: true },
    { signal: abort.signal },
  );
  const reading = (async () => {
    for await (const _chunk of stream);
  })().catch(() => undefined);
  await upstream.journal.waitFor((entries) => (entries.at(-1)?.bytesSent ?? 0) > 0);
  const left = Date.now();
  abort.abort();
  await reading;
  await upstream.journal.waitFor((entries) => entries.at(-1)?.ended === 'client');
  expect((upstream.journal.last().endedAt ?? 0) - left).toBeLessThan(100);
});

test('early413 answers before the body is whole', async () => {
  upstream.set({}, 'early413');
  const request = httpRequest(`${upstream.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 20 * 1024 * 1024 },
  });
  request.on('error', () => undefined);
  const answered = once(request, 'response');
  request.write(Buffer.alloc(70 * 1024, ' '));
  const [response]: IncomingMessage[] = await answered;
  expect(response?.statusCode).toBe(413);
  request.destroy();
  expect(upstream.journal.last()).toMatchObject({ fault: 'early413', status: 413 });
});

test('the fast process answers and streams', async () => {
  const program = fileURLToPath(new URL('../../fakes/fakeUpstream.ts', import.meta.url));
  const child = spawn(process.execPath, [program, '--fast', '--port', '0', '--events', '5'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line]: Buffer[] = await once(child.stdout, 'data');
    const fast = new OpenAI({ baseURL: String(line).trim(), apiKey: 'none', maxRetries: 0 });
    expect((await fast.chat.completions.create(hello)).choices[0]?.message.content).toContain('Hello');
    const stream = await fast.chat.completions.create({
      ...hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(textOf(chunks)).toBe(' word0 word1 word2 word3 word4');
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(50);
  } finally {
    child.kill();
  }
});
