// A large body is never put together on its way: what arrives is what was sent, whoever it was shown to before.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

const image = Buffer.alloc(3_000_000, 0x41).toString();
const body = (model: string, text = 'Grüße, 世界') => ({
  model,
  messages: [
    { role: 'user', content: [{ type: 'image_url', image_url: { url: `data:${image}` } }] },
    { role: 'user', content: text },
  ],
});

const whole = JSON.stringify({
  choices: [{ index: 0, message: { role: 'assistant', content: 'seen' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

let received: { length: string | undefined; body: Buffer }[] = [];
let gateway: TestCore;
const server = createServer(async (request, response) => {
  if (request.url?.startsWith('/early')) {
    // Answers without reading on, as servers do that see the headers and know.
    answer(response, 413, '{"error":{"message":"too much for me"}}');
    return;
  }
  const bytes = await buffer(request).catch(() => null);
  if (!bytes) return;
  received.push({ length: request.headers['content-length'], body: bytes });
  if (request.url?.startsWith('/broken')) request.socket.destroy();
  else answer(response, 200, whole);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway = await createTestCore({
    settings: {
      endpoints: [
        {
          id: 'good',
          baseUrl: `${origin}/good/v1`,
          models: ['plain', 'renamed'],
          modelMapping: { renamed: 'other' },
        },
        { id: 'broken', baseUrl: `${origin}/broken/v1`, models: ['moved'], priority: 0 },
        { id: 'spare', baseUrl: `${origin}/good/v1`, models: ['moved'], priority: 1 },
        { id: 'early', baseUrl: `${origin}/early/v1`, models: ['early'] },
      ],
    },
  });
});
afterAll(async () => {
  await gateway.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
});

async function ask(model: string): Promise<number> {
  const response = await gateway.post('/v1/chat/completions', body(model));
  await response.text();
  return response.status;
}

function sameAs(model: string): boolean[] {
  const expected = Buffer.from(JSON.stringify(body(model)));
  return received.map(
    ({ length, body: bytes }) => length === String(expected.length) && bytes.equals(expected),
  );
}

it('arrives byte for byte, with its length', async () => {
  expect(await ask('plain')).toBe(200);
  expect(sameAs('plain')).toEqual([true]);
});

it('arrives with another name for the model and nothing else changed', async () => {
  expect(await ask('renamed')).toBe(200);
  expect(sameAs('other')).toEqual([true]);
});

it('is shown whole to everyone it is tried at', async () => {
  expect(await ask('moved')).toBe(200);
  expect(received.length).toBeGreaterThan(1);
  expect(new Set(sameAs('moved'))).toEqual(new Set([true]));
});

it('may be refused before it was sent, and the next one goes through', async () => {
  expect(await ask('early')).toBe(413);
  expect(await ask('plain')).toBe(200);
  expect(sameAs('plain')).toEqual([true]);
});

it('that is no JSON is refused with the place', async () => {
  const response = await fetch(`${gateway.origin}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${testClientKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body('plain')).slice(0, -1),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/not valid JSON.* at byte \d{7}/);
});
