// Where client and upstream speak the same dialect, what the upstream sends is what the client gets, byte for byte.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const messages = [{ role: 'user', content: 'Hello' }];

const dialects = {
  chat: {
    route: '/v1/chat/completions',
    body: { model: 'chat', stream: true, stream_options: { include_usage: true }, messages },
  },
  responses: { route: '/v1/responses', body: { model: 'responses', stream: true, input: 'Hello' } },
  messages: { route: '/v1/messages', body: { model: 'messages', max_tokens: 100, stream: true, messages } },
  gemini: {
    route: '/v1beta/models/gemini:streamGenerateContent?alt=sse',
    body: { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
  },
} as const;
type Name = keyof typeof dialects;

/** Recorded streams that go well: the others are for the tests of what goes wrong. */
const chatStream = [
  '{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"x_unknown":{"a":[1]}}',
  '{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Grüße, 世界 🌍"},"finish_reason":null}]}',
  '{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
  '{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}',
  '[DONE]',
]
  .map((data) => `data: ${data}\n\n`)
  .join('');

function streamsOf(name: Name): [string, Buffer][] {
  if (name === 'chat') return [['inline', Buffer.from(chatStream)]];
  const dir = path.join(fixtures, name);
  return readdirSync(dir)
    .filter((file) => file.endsWith('.sse') && !/error|fail|blocked|cut/i.test(file))
    .map((file) => [file, readFileSync(path.join(dir, file))]);
}

const cases = (Object.keys(dialects) as Name[]).flatMap((name) =>
  streamsOf(name).map(([file, bytes]) => [name, file, bytes] as const),
);

let gateway: TestCore;
let sent: Buffer = Buffer.alloc(0);
let pieceBytes = 1;
const server = createServer((request, response) => {
  request.resume().on('end', async () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < sent.length; at += pieceBytes) {
      response.write(sent.subarray(at, at + pieceBytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'chat', baseUrl: `${origin}/v1`, models: ['chat'] },
        { id: 'responses', baseUrl: `${origin}/v1`, models: ['responses'], options: { api: 'responses' } },
        { id: 'messages', kind: 'anthropic', baseUrl: origin, models: ['messages'] },
        { id: 'gemini', kind: 'gemini', baseUrl: origin, models: ['gemini'] },
      ],
    },
  });
});

afterAll(async () => {
  await gateway.close();
  server.close();
});

it('there are recorded streams of every dialect', () => {
  expect(new Set(cases.map(([name]) => name))).toEqual(new Set(Object.keys(dialects)));
});

it.each(cases)('%s: %s arrives as it was sent, however it was cut', async (name, _file, bytes) => {
  sent = bytes;
  const { route, body } = dialects[name];
  for (pieceBytes of [bytes.length, 997, 61, 7]) {
    const answer = await gateway.post(route, body);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  }
  const record = await gateway.record();
  expect(record).toMatchObject({ status: 'ok', tokens: { source: 'reported' } });
});
