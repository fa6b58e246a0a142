import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../main/base/clock.ts';
import { testClientKey } from '../../../main/control/testClientKey.ts';

interface Heard {
  headers: IncomingMessage['headers'];
  url: string | undefined;
  body: { model?: string; stream?: boolean };
}

async function gateway(answer: (response: ServerResponse) => void) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, url: request.url, body: JSON.parse(text) });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, port: (server.address() as AddressInfo).port };
}

test('asks as a client does, and tells who answered', async () => {
  const { heard, port } = await gateway((response) => {
    response.setHeader('x-request-id', 'req_1');
    response.setHeader('x-sluice-endpoint', 'openai');
    response.end(JSON.stringify({ choices: [{ message: { content: 'Hello.' } }] }));
  });
  const tested = await testClientKey(
    { host: '0.0.0.0', port, secret: 'sluice-k', model: 'gpt-4o' },
    systemClock,
  );
  expect(tested).toMatchObject({
    ok: true,
    status: 200,
    text: 'Hello.',
    endpointId: 'openai',
    recordId: 'req_1',
  });
  expect(heard).toMatchObject([
    { url: '/v1/chat/completions', headers: { authorization: 'Bearer sluice-k' }, body: { model: 'gpt-4o' } },
  ]);
});

test('a refusal is told in the gateway’s words', async () => {
  const { port } = await gateway((response) => {
    response.writeHead(403).end(JSON.stringify({ error: { message: 'The client key may not use "x".' } }));
  });
  const tested = await testClientKey({ host: '127.0.0.1', port, secret: 'k', model: 'x' }, systemClock);
  expect(tested).toMatchObject({
    ok: false,
    status: 403,
    text: 'The client key may not use "x".',
    recordId: null,
  });
});

test('an answer that is no JSON, and nobody there, are told too', async () => {
  const { port } = await gateway((response) => void response.writeHead(502).end('<html>'));
  const odd = await testClientKey({ host: '127.0.0.1', port, secret: 'k', model: 'x' }, systemClock);
  expect(odd).toMatchObject({ ok: false, status: 502, text: null });
  const nobody = await testClientKey(
    { host: '127.0.0.1', port: 9, secret: 'secret-of-mine', model: 'x' },
    systemClock,
  );
  expect(nobody).toMatchObject({ ok: false, status: null });
  expect(nobody.text).toMatch(/\S/);
  expect(JSON.stringify(nobody)).not.toContain('secret-of-mine');
});
