import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, listen } from './carriers.ts';
import { type ControlBench, createControlBench, planted } from './controlBench.ts';
import { operationRoutes } from './operations.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Call {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const right = { authorization: `Bearer ${planted.adminToken}` };
const json = { 'content-type': 'application/json' };

let bench: ControlBench;
let server: HttpServer;

/** On a connection of its own, so that nothing an earlier request showed counts. */
function send(call: Call, to = server): Promise<Answer> {
  // Node frames the body of a DELETE only when told to.
  const length = call.body ? { 'content-length': String(Buffer.byteLength(call.body)) } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${to.origin}${call.path}`,
      { method: call.method ?? 'GET', headers: { ...call.headers, ...length }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.setTimeout(30_000, () => request.destroy(new Error('no answer')));
    request.end(call.body);
  });
}

const codeOf = ({ body }: Answer): unknown => (JSON.parse(body) as { code: unknown }).code;

beforeAll(async () => {
  bench = await createControlBench({ shell: 'headless' });
  server = await listen(bench);
});
afterAll(async () => {
  await server.close();
  await bench.close();
});

const routes = operationRoutes();
const concrete = (path: string): string => `/control${path.replace(/\{\w+\}/g, 'nope')}`;

describe('each operation', () => {
  it.each(routes.map((route) => [route.name, route] as const))(
    '%s has a route, and it is shut without the token',
    async (_name, { method, path }) => {
      const call: Call = { method, path: concrete(path) };
      const wrong: Record<string, string>[] = [
        {},
        { authorization: 'Bearer wrong' },
        { 'x-api-key': planted.adminToken },
      ];
      for (const headers of wrong) {
        const shut = await send({ ...call, headers });
        expect(shut.status).toBe(401);
        expect(JSON.parse(shut.body)).toMatchObject({
          code: 'UNAUTHORIZED',
          message: expect.stringContaining('admin token'),
        });
        expect(shut.headers['cache-control']).toBe('no-store');
      }
      // These go on until whoever listens leaves.
      if (path === '/events' || path === '/logs/tail') return;
      // Without the input it wants an operation complains about that: then it was reached.
      const reached = await send({
        ...call,
        headers: { ...right, ...json },
        body: method === 'GET' ? '' : '{}',
      });
      expect([200, 404, 422, 503]).toContain(reached.status);
      expect(reached.body).not.toContain('no operation');
      expect(reached.headers['cache-control']).toBe('no-store');
    },
  );

  it('is described in openapi.json, with its errors', async () => {
    const answer = await send({ path: '/control/openapi.json', headers: right });
    expect(answer.status).toBe(200);
    const document = JSON.parse(answer.body) as {
      openapi: string;
      info: { version: string };
      servers: { url: string }[];
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.info.version).toBe('1.2.3');
    expect(document.servers).toEqual([{ url: '/control' }]);
    for (const { name, method, path } of routes) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect(operation?.operationId, name).toBe(name);
      for (const status of ['200', '404', '409', '422', '423', '503'])
        expect(operation?.responses, name).toHaveProperty(status);
    }
    const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length;
    expect(described).toBe(routes.length);
    expect((await send({ path: '/control/openapi.json' })).status).toBe(401);
  });

  it('that does not exist is not found, but only with the token', async () => {
    for (const path of ['/control/nope', '/control', '/control/', '/control/../control/nope']) {
      expect((await send({ path })).status, path).toBe(401);
      const answer = await send({ path, headers: right });
      expect([answer.status, codeOf(answer)], path).toEqual([404, 'NOT_FOUND']);
    }
    const wrongMethod = await send({
      method: 'PUT',
      path: '/control/endpoints',
      headers: { ...right, ...json },
    });
    expect(wrongMethod.status).toBe(404);
    const head = await send({ method: 'HEAD', path: '/control/gateway' });
    expect(head.status).toBe(401);
  });
});

describe('other web pages', () => {
  const own = () => server.origin;

  it.each([
    'https://evil.test',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1.evil.test:80',
    'file://',
    'chrome-extension://abcdef',
    '',
  ])('of origin %j are refused, token or not, and get no CORS headers', async (origin) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const path = '/control/gateway/start';
      const answer = await send({ method, path, headers: { ...right, origin } });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('are told from the dashboard itself', async () => {
    const path = '/control/gateway';
    const site = (value: string) => ({ ...right, 'sec-fetch-site': value });
    expect((await send({ path, headers: { ...right, origin: own() } })).status).toBe(200);
    expect((await send({ path, headers: site('same-origin') })).status).toBe(200);
    expect((await send({ path, headers: site('none') })).status).toBe(200);
    expect((await send({ path, headers: site('same-site') })).status).toBe(403);
    expect((await send({ path, headers: site('cross-site') })).status).toBe(403);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('cannot pass a body off as %s', async (type) => {
    const call = { method: 'POST', path: '/control/gateway/stop', body: '{}' };
    const answer = await send({ ...call, headers: { ...right, 'content-type': type } });
    expect([answer.status, codeOf(answer)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect((await send({ ...call, body: '', headers: { ...right, 'content-type': type } })).status).toBe(415);
  });
});

it('what the app around refuses is told in the same shape', async () => {
  const answer = await send({ path: '/control/gateway', headers: { ...right, host: 'evil.test' } });
  expect([answer.status, codeOf(answer)]).toEqual([421, 'HOST_NOT_ALLOWED']);
});

describe('bodies', () => {
  const path = '/control/endpoints/order';
  const post = (body: string, headers: Record<string, string> = json) =>
    send({ method: 'POST', path, headers: { ...right, ...headers }, body });

  it('are JSON, with or without a charset', async () => {
    const body = JSON.stringify({ ids: ['pool'] });
    expect((await post(body)).status).toBe(200);
    expect((await post(body, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(200);
  });

  it('without a type, broken or poisonous are refused', async () => {
    const untyped = await post('{"ids":[]}', {});
    expect([untyped.status, codeOf(untyped)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    for (const body of ['{', '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}']) {
      const answer = await post(body);
      expect([answer.status, codeOf(answer)], body).toEqual([400, 'BAD_REQUEST']);
    }
    expect('admin' in {}).toBe(false);
  });

  it('that miss what is asked for are answered with the fields', async () => {
    const answer = await post('');
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID', defined: true, data: { issues: [{}] } });
    expect((await post('[1]')).status).toBe(422);
    expect((await post('null')).status).toBe(422);
  });

  it('end at 256 KiB', async () => {
    const answer = await post(JSON.stringify({ ids: ['x'.repeat(300 * 1024)] }));
    expect([answer.status, codeOf(answer)]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('of the routes around stay bytes', async () => {
    const answer = await send({ method: 'POST', path: '/raw', headers: json, body: '{"a":1}' });
    expect(JSON.parse(answer.body)).toEqual({ buffer: true });
  });
});

describe('the stream of events', () => {
  /** Reads until the text holds `word`, then leaves. */
  async function read(word: string): Promise<{ headers: Headers; text: string }> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 30_000);
    const response = await fetch(`${server.origin}/control/events`, { headers: right, signal: abort.signal });
    const publish = setInterval(() => bench.deps.liveBus.publish({ name: 'status' }), 20);
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString('utf8');
        if (text.includes(word)) break;
      }
    } finally {
      clearTimeout(timer);
      clearInterval(publish);
      abort.abort();
    }
    return { headers: response.headers, text };
  }

  it('is server-sent events that nothing on the way may keep', async () => {
    const { headers, text } = await read('"status"');
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(text).toMatch(/event: message\n(?:.*\n)*?data: \{"name":"status"\}\n/);
  });

  it('shows in silence that it lives', async () => {
    const quick = await listen(bench, { keepAliveMs: 20 });
    const abort = new AbortController();
    const response = await fetch(`${quick.origin}/control/events`, { headers: right, signal: abort.signal });
    let comments = 0;
    for await (const chunk of response.body ?? []) {
      comments += Buffer.from(chunk).toString('utf8').split(/^:/m).length - 1;
      if (comments > 3) break;
    }
    expect(comments).toBeGreaterThan(3);
    abort.abort();
    await quick.close();
  });

  it('is given to 32 windows and refused to more; a slot comes back when one leaves', async () => {
    const open: AbortController[] = [];
    const start = async () => {
      const abort = new AbortController();
      const { status } = await fetch(`${server.origin}/control/events`, {
        headers: right,
        signal: abort.signal,
      });
      if (status === 200) open.push(abort);
      else abort.abort();
      return status;
    };
    const until = async (count: number) => {
      const deadline = Date.now() + 20_000;
      while (bench.deps.liveBus.subscribers !== count && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(bench.deps.liveBus.subscribers).toBe(count);
    };
    await until(0);
    for (let index = 0; index < 32; index += 1) expect(await start()).toBe(200);
    expect(await start()).toBe(503);
    open.shift()?.abort();
    await until(31);
    expect(await start()).toBe(200);
    for (const abort of open) abort.abort();
    await until(0);
  });
});

describe('guessing the token', () => {
  const path = '/control/gateway';
  const guess = (token: string, to: HttpServer) =>
    send({ path, headers: { authorization: `Bearer ${token}` } }, to);

  it('gets twenty looks a minute, and the same answer for ever', async () => {
    const fresh = await listen(bench);
    const answers = new Set<string>();
    for (let index = 0; index < 200; index += 1) {
      const { status, body } = await guess(`guess-${index}`, fresh);
      answers.add(`${status} ${body}`);
    }
    const rightToo = await guess(planted.adminToken, fresh);
    answers.add(`${rightToo.status} ${rightToo.body}`);
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^401 /);
    await fresh.close();
  });

  it('is not what a stale window does that shows one old token again and again', async () => {
    const fresh = await listen(bench);
    for (let index = 0; index < 50; index += 1) expect((await guess('old-token', fresh)).status).toBe(401);
    expect((await guess(planted.adminToken, fresh)).status).toBe(200);
    await fresh.close();
  });

  it('does not lock out a window that is open', async () => {
    const fresh = await listen(bench);
    const session = (token: string) =>
      fetch(`${fresh.origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await session(planted.adminToken)).json()).toHaveProperty('state');
    for (let index = 0; index < 30; index += 1) await guess(`guess-${index}`, fresh);
    expect((await guess(planted.adminToken, fresh)).status).toBe(401);
    expect((await session(planted.adminToken)).status).toBe(200);
    await fresh.close();
  });

  it('takes no token from elsewhere, nor one of endless length', async () => {
    expect((await send({ path: `${path}?key=${planted.adminToken}` })).status).toBe(401);
    const cookie = await send({ path, headers: { cookie: `token=${planted.adminToken}` } });
    expect(cookie.status).toBe(401);
    expect((await guess('x'.repeat(4_000), server)).status).toBe(401);
    expect((await send({ path, headers: { authorization: `bearer  ${planted.adminToken} ` } })).status).toBe(
      200,
    );
    expect((await send({ path, headers: { authorization: `Basic ${planted.adminToken}` } })).status).toBe(
      401,
    );
  });
});
