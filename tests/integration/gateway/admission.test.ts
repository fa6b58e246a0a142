import { request } from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, testAdminToken, testClientKey } from '../../fakes/testCore.ts';

let upstream: FakeUpstream;
let gateway: TestCore;
const messages = [{ role: 'user', content: 'hello' }];

beforeAll(async () => {
  upstream = await createFakeUpstream();
  gateway = await createTestCore({
    settings: {
      server: { maxBodyMB: 1, allowedHosts: ['sluice.home'] },
      endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'] }],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await upstream?.close();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with any headers, `Host` and `Origin` included. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${gateway.origin}${path}`,
      { method: options.method ?? 'GET', headers: options.headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** Bytes on a bare socket, for what no client library would send. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(gateway.origin).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(20_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const code = (answer: Answer): string => (JSON.parse(answer.body) as { error: { code: string } }).error.code;
const chatBody = JSON.stringify({ model: 'gpt-4o', messages });

describe('client keys', () => {
  it.each([
    ['Authorization', `Bearer ${testClientKey}`],
    ['Authorization', `bearer ${testClientKey}`],
    ['Authorization', testClientKey],
    ['x-api-key', testClientKey],
    ['api-key', testClientKey],
    ['x-goog-api-key', testClientKey],
  ])('come in %s: %s', async (name, value) => {
    expect((await send('/v1/models', { headers: { [name]: value } })).status).toBe(200);
  });

  it('come in ?key=, and the first valid one wins', async () => {
    expect((await send(`/v1/models?key=${testClientKey}`)).status).toBe(200);
    expect(
      (
        await send('/v1/models', {
          headers: { authorization: 'Bearer placeholder', 'x-api-key': testClientKey },
        })
      ).status,
    ).toBe(200);
  });

  it.each(['', `${testClientKey}x`, testClientKey.slice(0, -1), "' OR 1=1 --", 'x'.repeat(10_000)])(
    'refuses %.40s',
    async (key) => {
      const answer = await send('/v1/models', { headers: { authorization: `Bearer ${key}` } });
      expect(answer.status).toBe(401);
      expect(code(answer)).toBe('invalid_api_key');
    },
  );

  it('is asked for on every route but health and the front page', async () => {
    for (const path of ['/v1/models', '/v1/models/x', '/v1/status'])
      expect((await send(path)).status, path).toBe(401);
    for (const path of ['/v1/chat/completions', '/v1/embeddings', '/v1/audio/speech']) {
      expect(
        (await send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
          .status,
        path,
      ).toBe(401);
    }
    expect((await send('/metrics')).status).toBe(401);
    expect((await send('/control/endpoints')).status).toBe(401);
    expect(JSON.parse((await send('/health')).body)).toEqual({ status: 'ok', gateway: 'on' });
    expect(JSON.parse((await send('/')).body)).toMatchObject({
      service: 'sluice',
      pool: { accounts: 1, available: 1 },
    });
  });

  it('the admin token opens /metrics and /control, and not the gateway', async () => {
    const headers = { authorization: `Bearer ${testAdminToken}` };
    expect((await send('/metrics', { headers })).body).toContain('sluice_in_flight 0');
    expect((await send('/control/endpoints', { headers })).status).toBe(200);
    expect((await send('/v1/models', { headers })).status).toBe(401);
    expect(
      (await send('/control/endpoints', { headers: { authorization: `Bearer ${testClientKey}` } })).status,
    ).toBe(401);
  });
});

describe('Host', () => {
  const authorization = `Bearer ${testClientKey}`;
  const port = (): string => new URL(gateway.origin).port;

  it.each([
    'evil.test',
    'evil.test:PORT',
    'localhost.evil.test',
    '127.0.0.1.nip.io:PORT',
    'localhost.:PORT',
    '[::ffff:127.0.0.1]:PORT',
    'localhost:1',
    '0.0.0.0:PORT',
  ])('%s is turned away everywhere', async (host) => {
    for (const path of ['/v1/models', '/control/endpoints', '/nothing', '/']) {
      const answer = await send(path, { headers: { host: host.replace('PORT', port()), authorization } });
      expect(answer.status, path).toBe(421);
    }
  });

  it.each(['localhost:PORT', '127.0.0.1:PORT', 'LOCALHOST:PORT', '[::1]:PORT', 'sluice.home'])(
    '%s is ours',
    async (host) => {
      expect(
        (await send('/v1/models', { headers: { host: host.replace('PORT', port()), authorization } })).status,
      ).toBe(200);
    },
  );

  it('an empty one is none of ours', async () => {
    expect(await sendRaw('GET /v1/models HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 421/,
    );
  });

  it('two of them are one too many', async () => {
    const answer = await sendRaw(
      `GET /v1/models HTTP/1.1\r\nHost: localhost:${port()}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (?:421|400)/);
  });

  it('a path that can not be decoded is refused in the words of its dialect', async () => {
    const answer = await send('/v1beta/models/%E0%A4%A:generateContent', { method: 'POST' });
    expect(answer.status).toBe(400);
    expect(answer.headers['x-request-id']).toBeTruthy();
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it.each(['127.0.0.1', '[::1]'])('as many headers are read at %s', async (host) => {
    const long = { 'x-long': 'x'.repeat(40_000) };
    const answer = await fetch(`http://${host}:${port()}/health`, { headers: long }).catch(
      (error: Error) => error,
    );
    // A machine without IPv6 has nothing to be asked there.
    if (answer instanceof Error && host === '[::1]') return;
    expect((answer as Response).status).toBe(200);
  });

  it('listens on both families of loopback', async () => {
    const answer = await fetch(`http://[::1]:${port()}/health`).catch((error: Error) => error);
    if (answer instanceof Error)
      expect(String(answer.cause)).toMatch(/EADDRNOTAVAIL|EAFNOSUPPORT|ENETUNREACH|ECONNREFUSED/);
    else expect(answer.status).toBe(200);
  });
});

describe('Origin', () => {
  const authorization = `Bearer ${testClientKey}`;

  it.each([
    'null',
    'chrome-extension://abc',
    'moz-extension://abc',
    'app://obsidian.md',
    'file://',
    'http://localhost:3000',
    'http://127.0.0.1:5173',
  ])('%s may call', async (origin) => {
    const answer = await send('/v1/models', { headers: { origin, authorization } });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers.vary).toMatch(/origin/i);
  });

  it.each([
    'https://evil.test',
    'http://localhost.evil.test',
    'https://localhost.evil',
    'http://127.0.0.1.evil.test:80',
  ])('%s is refused, readably, and asked about once', async (origin) => {
    for (let round = 0; round < 2; round++) {
      const answer = await send('/v1/chat/completions', {
        method: 'POST',
        headers: { origin, authorization, 'content-type': 'application/json' },
        body: chatBody,
      });
      expect(answer.status).toBe(403);
      expect(code(answer)).toBe('origin_not_allowed');
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
    }
    const { problems } = await gateway.control.gateway.status();
    expect(problems.filter(({ details }) => details.origin === origin)).toHaveLength(1);
  });

  it('an allowed site may call', async () => {
    await send('/v1/models', { headers: { origin: 'https://chat.example', authorization } });
    await gateway.control.settings.decideOrigin({ origin: 'https://chat.example', allow: true });
    expect(
      (await send('/v1/models', { headers: { origin: 'https://chat.example', authorization } })).status,
    ).toBe(200);
    expect(
      (await gateway.control.gateway.status()).problems.some(
        ({ details }) => details.origin === 'https://chat.example',
      ),
    ).toBe(false);
  });

  it('our own pages may call by whatever name the gateway is reached, and load their files', async () => {
    await gateway.control.settings.update({ server: { allowedHosts: ['gate.lan', 'gate.example'] } });
    const { problems } = await gateway.control.gateway.status();
    for (const [host, origin] of [
      [`gate.lan:${new URL(gateway.origin).port}`, `http://gate.lan:${new URL(gateway.origin).port}`],
      ['gate.example', 'https://gate.example'],
    ] as const) {
      const answer = await send('/v1/models', { headers: { host, origin, authorization } });
      expect(answer.status, origin).toBe(200);
      const other = await send('/v1/models', { headers: { host, origin: `${origin}.evil`, authorization } });
      expect(other.status).toBe(403);
    }
    const after = (await gateway.control.gateway.status()).problems;
    const asked = (list: typeof problems) =>
      list.filter(({ details }) => /gate\.\w+$/.test(details.origin ?? ''));
    expect(asked(after)).toEqual(asked(problems));
  });

  it('preflights need no key and echo what is asked', async () => {
    const answer = await send('/v1/chat/completions', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://chat.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-stainless-lang',
        'access-control-request-private-network': 'true',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-headers': 'authorization,x-stainless-lang',
      'access-control-allow-private-network': 'true',
    });
  });

  it('the control plane listens to its own pages only', async () => {
    const headers = { authorization: `Bearer ${testAdminToken}` };
    for (const origin of ['null', 'http://localhost:3000', 'https://chat.example']) {
      expect((await send('/control/endpoints', { headers: { ...headers, origin } })).status, origin).toBe(
        403,
      );
    }
    expect(
      (await send('/control/endpoints', { headers: { ...headers, origin: gateway.origin } })).status,
    ).toBe(200);
  });
});

describe('bodies', () => {
  const headers = { authorization: `Bearer ${testClientKey}`, 'content-type': 'application/json' };
  const post = (body: string, more: Record<string, string> = {}): Promise<Answer> =>
    send('/v1/chat/completions', { method: 'POST', headers: { ...headers, ...more }, body });

  it.each([
    ['{"model":', 400, 'invalid_json'],
    ['', 400, 'invalid_json'],
    ['{"messages":[]}', 400, 'invalid_request'],
  ])('%s -> %i %s', async (body, status, expected) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(code(answer)).toBe(expected);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '%s is no JSON',
    async (type) => {
      const answer = await post(chatBody, { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(code(answer)).toBe('unsupported_media_type');
    },
  );

  it('too large: 413 by the header and by the bytes', async () => {
    const large = JSON.stringify({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'x'.repeat(1_100_000) }],
    });
    expect(code(await post(large))).toBe('request_too_large');
    const answer = await new Promise<Answer>((resolve, reject) => {
      const outgoing = request(
        `${gateway.origin}/v1/chat/completions`,
        { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, agent: false },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.write(large.slice(0, 600_000));
      outgoing.write(large.slice(600_000));
    });
    expect(answer.status).toBe(413);
  });

  it('encoded bodies are refused', async () => {
    expect(code(await post(chatBody, { 'content-encoding': 'gzip' }))).toBe('unsupported_media_type');
  });

  it('unknown routes are JSON errors, HEAD works on GET routes', async () => {
    expect(code(await send('/v1/nothing', { method: 'POST', headers, body: '{}' }))).toBe('route_not_found');
    const head = await send('/v1/models', { method: 'HEAD', headers });
    expect(head).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n',
  ])('refuses what could be read in two ways', async (text) => {
    expect(await sendRaw(text)).toMatch(/^HTTP\/1\.1 4\d\d/);
  });
});
