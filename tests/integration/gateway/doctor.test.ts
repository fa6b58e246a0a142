// The doctor against real faults on real sockets: names, ports, certificates, proxies, pages, keys, stalls and torn streams.
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/base/clock.ts';
import { createRedactor } from '../../../main/base/redact.ts';
import type { CheckEvent, CheckStep } from '../../../main/contract/schemas/check.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../../main/registry/snapshot.ts';
import { createProbe } from '../../../main/upstream/createProbe.ts';
import { createTransport } from '../../../main/upstream/transport.ts';
import { createUpstreamLink } from '../../../main/upstream/upstreamLink.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { accountOf, endpointOf } from '../../unit/upstream/calls.ts';
import { type CertificateMaker, createCertificates, hasOpenssl } from './certificates.ts';

const key = 'sk-doctor-0123456789abcdef';
const transport = createTransport();
const probe = createProbe({
  clock: systemClock,
  redactor: createRedactor(),
  connectMs: () => 2_000,
  link: createUpstreamLink({ sessions: {}, send: transport.send }),
  times: { listMs: 1_000, answerMs: 1_500 },
});
const open: Server[] = [];
let certificates: CertificateMaker | undefined;
const needsOpenssl = hasOpenssl ? '' : ' (needs openssl)';
let upstream: FakeUpstream;

beforeAll(async () => {
  upstream = await createFakeUpstream({ keys: [key], models: ['gpt-4o'] });
  if (!hasOpenssl) return;
  certificates = createCertificates('Sluice test');
  setDefaultCACertificates([...getCACertificates('default'), certificates.authority]);
});
afterEach(async () => {
  upstream.reset();
  for (const server of open.splice(0)) {
    (server as Server & { closeAllConnections?: () => void }).closeAllConnections?.();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(async () => {
  certificates?.close();
  await upstream.close();
  await transport.close();
});

async function listening(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Told {
  steps: CheckStep[];
  events: CheckEvent[];
  ok: boolean;
  /** The step that failed first. */
  fault: CheckStep | undefined;
}

async function diagnose(
  endpoint: CompiledEndpoint,
  accounts: readonly CompiledAccount[] = [accountOf(key)],
  signal?: AbortSignal,
): Promise<Told> {
  const events: CheckEvent[] = [];
  await probe.diagnose(endpoint, accounts, { model: null, tell: (event) => events.push(event), signal });
  const steps = events.flatMap((event) =>
    event.type === 'step' && event.step.state !== 'running' ? [event.step] : [],
  );
  const ok = events.some((event) => event.type === 'account' && event.ok);
  return { steps, events, ok, fault: steps.find(({ state }) => state === 'failed') };
}

const states = (told: Told) => Object.fromEntries(told.steps.map(({ name, state }) => [name, state]));

const api: RequestListener = (request, response) => {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url === '/v1/models') send(200, { data: [{ id: 'm' }] });
  else if (request.url === '/v1/chat/completions') {
    const choice = { index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' };
    send(200, { id: 'c', object: 'chat.completion', model: 'm', choices: [choice] });
  } else send(404, { error: { message: 'no such route' } });
};

describe('all is well', () => {
  it('every step is told as it begins and as it ends, in order', async () => {
    const told = await diagnose(endpointOf(upstream.url));
    expect(told.ok).toBe(true);
    expect(states(told)).toEqual({
      address: 'ok',
      dns: 'ok',
      connect: 'ok',
      credential: 'ok',
      models: 'ok',
      chat: 'ok',
      stream: 'ok',
    });
    expect(told.events[0]).toEqual({ type: 'plan', accounts: ['a'] });
    const order = told.events.flatMap((event) =>
      event.type === 'step' ? [`${event.step.name} ${event.step.state === 'running'}`] : [],
    );
    expect(order.indexOf('chat true')).toBeLessThan(order.indexOf('chat false'));
    expect(JSON.stringify(told.events)).not.toContain(key);
  });
});

describe('the way there', () => {
  it('a name that is none, or no network to ask it of', async () => {
    const { fault, ok } = await diagnose(endpointOf('https://no-such-host.invalid/v1'));
    expect(ok).toBe(false);
    expect(fault?.name).toBe('dns');
    expect(['dns-not-found', 'dns-failed', 'offline']).toContain(fault?.code);
    expect(fault?.detail).toMatch(/no-such-host\.invalid|no network/);
  });

  it('a closed port', async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((resolve) => open.pop()?.close(resolve));
    const { fault } = await diagnose(endpointOf(`http://127.0.0.1:${port}/v1`));
    expect(fault).toMatchObject({
      name: 'connect',
      code: 'connect-refused',
      facts: { peer: `127.0.0.1:${port}` },
    });
  });

  it('a proxy that is down, and one that refuses', async () => {
    const refusing = await listening(
      createHttpServer().on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')),
    );
    const through = (proxy: string) => diagnose(endpointOf('https://api.example.invalid/v1', { proxy }));
    expect((await through(`http://me:secret@127.0.0.1:${refusing}`)).fault).toMatchObject({
      code: 'proxy-refused',
      said: 'HTTP/1.1 403 Forbidden',
      facts: { proxy: `http://127.0.0.1:${refusing}` },
      mends: [{ do: 'set-proxy' }],
    });
    expect((await through('http://127.0.0.1:1')).fault?.code).toBe('connect-refused');
  });

  it.skipIf(!hasOpenssl).each(['http', 'socks5'])(
    `TLS is looked at through a proxy of %s${needsOpenssl}`,
    async (scheme) => {
      const { key: pem, cert } = (certificates as CertificateMaker).make({
        names: 'DNS:localhost',
        signed: true,
      });
      const port = await listening(createHttpsServer({ key: pem, cert }, api));
      const proxy = scheme === 'http' ? await listening(httpProxy()) : await listening(socksProxy());
      const { steps } = await diagnose(
        endpointOf(`https://localhost:${port}/v1`, { proxy: `${scheme}://127.0.0.1:${proxy}` }),
      );
      expect(steps.slice(0, 4).map(({ code }) => code)).toEqual([
        'address-ok',
        'dns-literal',
        'connect-proxy-ok',
        'tls-ok',
      ]);
    },
  );
});

function pipeTo(socket: import('node:stream').Duplex, port: number, onOpen: () => void): void {
  const far = connect(port, '127.0.0.1', onOpen);
  far.on('error', () => socket.destroy());
  socket.on('error', () => far.destroy());
  socket.pipe(far).pipe(socket);
}

function httpProxy(): Server {
  return createHttpServer().on('connect', (request, socket) => {
    const port = Number(request.url?.split(':')[1]);
    pipeTo(socket, port, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  });
}

function socksProxy(): Server {
  return createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request: Buffer) => {
        const port = request.readUInt16BE(request.length - 2);
        pipeTo(socket, port, () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
      });
    });
  });
}

describe.skipIf(!hasOpenssl)(`certificates${needsOpenssl}`, () => {
  const local = 'DNS:localhost,IP:127.0.0.1';
  it.each([
    ['good', { names: local, signed: true }, null],
    ['self-signed', { names: local, signed: false }, 'tls-self-signed'],
    [
      'expired',
      { names: local, signed: true, from: '20200101000000Z', to: '20210101000000Z' },
      'tls-expired',
    ],
    ['of the future', { names: local, signed: true, from: '20400101000000Z' }, 'tls-early'],
    ['for another host', { names: 'DNS:api.example.com', signed: true }, 'tls-wrong-host'],
  ] as const)('one that is %s', async (_name, options, code) => {
    const { key: pem, cert } = (certificates as CertificateMaker).make(options);
    const port = await listening(createHttpsServer({ key: pem, cert }, api));
    const { steps, fault } = await diagnose(endpointOf(`https://localhost:${port}/v1`));
    const tls = steps.find(({ name }) => name === 'tls');
    expect(tls?.code).toBe(code ?? 'tls-ok');
    expect(fault?.name === 'tls').toBe(code !== null);
    if (code === 'tls-expired') expect(tls?.facts.validTo).toBe('2021-01-01');
    if (code === 'tls-wrong-host') expect(tls?.facts.names).toBe('api.example.com');
    if (code !== null) expect(steps.find(({ name }) => name === 'chat')?.state).toBe('skipped');
  });

  it.each([
    ['Elsewhere Ltd', 'tls-unknown-ca'],
    ['mitmproxy', 'tls-intercepted'],
  ])('one by %s', async (organisation, code) => {
    const stranger = createCertificates(organisation);
    const { key: pem, cert } = stranger.make({ names: local, signed: true });
    stranger.close();
    const port = await listening(createHttpsServer({ key: pem, cert }, api));
    const { fault } = await diagnose(endpointOf(`https://localhost:${port}/v1`));
    expect(fault).toMatchObject({ name: 'tls', code });
    expect(fault?.facts.issuer).toContain(organisation);
  });

  it('none: the server speaks plain http, and that address is offered; no key goes there unasked', async () => {
    const asked: (string | undefined)[] = [];
    const port = await listening(
      createHttpServer((request, response) => {
        asked.push(request.headers.authorization);
        api(request, response);
      }),
    );
    const { fault } = await diagnose(endpointOf(`https://localhost:${port}/v1`));
    expect(fault).toMatchObject({
      name: 'tls',
      code: 'tls-not-spoken',
      mends: [{ do: 'address', baseUrl: `http://localhost:${port}/v1` }],
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((sent) => sent !== undefined)).toEqual([]);
  });
});

describe('the address', () => {
  it('with an operation’s path is recognised, and mended', async () => {
    const { steps, fault } = await diagnose(endpointOf(`${upstream.url}/chat/completions`));
    const better = { do: 'address', baseUrl: upstream.url };
    expect(steps[0]).toMatchObject({ state: 'warned', code: 'address-slip', mends: [better] });
    expect(fault?.mends).toContainEqual(better);
  });

  it('at a wrong path leads to the right one', async () => {
    const port = await listening(
      createHttpServer((request, response) => {
        request.url = request.url
          ?.replace(/^\/api\/v1/, '/v1#')
          .replace(/^\/v1(?!#)/, '/none')
          .replace('#', '');
        api(request, response);
      }),
    );
    const { fault } = await diagnose(endpointOf(`http://127.0.0.1:${port}/v1`));
    expect(fault).toMatchObject({
      name: 'models',
      code: 'wrong-path',
      mends: [{ do: 'address', baseUrl: `http://127.0.0.1:${port}/api/v1` }],
    });
  });

  it('of another kind is named', async () => {
    const { fault } = await diagnose(
      endpointOf(upstream.origin, { kind: 'gemini', baseUrl: `${upstream.origin}/x` }),
    );
    expect(fault?.mends[0]).toMatchObject({ do: 'address' });
  });

  it('of a web page', async () => {
    const port = await listening(
      createHttpServer((_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hello</title>'),
      ),
    );
    const { fault } = await diagnose(endpointOf(`http://127.0.0.1:${port}/v1`));
    expect(fault).toMatchObject({ name: 'models', code: 'not-an-api' });
  });
});

describe('the account', () => {
  it('with a wrong key', async () => {
    const told = await diagnose(endpointOf(upstream.url), [accountOf('sk-wrong-0123456789abcdef')]);
    expect(told.fault).toMatchObject({
      name: 'credential',
      code: 'key-refused',
      mends: [{ do: 'replace-key' }],
    });
    expect(states(told)).toMatchObject({ models: 'skipped', chat: 'skipped', stream: 'skipped' });
  });

  it('without a key where one is asked for', async () => {
    const { fault } = await diagnose(endpointOf(upstream.url), [accountOf(null)]);
    expect(fault?.code).toBe('key-missing');
  });

  it.each([
    ['429', 'rate-limited'],
    ['insufficient_quota', 'no-credit'],
    ['404-model', 'model-missing'],
    ['503', 'server-error'],
    ['blackhole', 'no-answer'],
  ])('%s', async (fault, code) => {
    upstream.set({ path: '/v1/chat/completions' }, fault);
    const told = await diagnose(endpointOf(upstream.url));
    expect(told.fault).toMatchObject({ name: 'chat', code });
    expect(states(told)).toMatchObject({ credential: 'ok', models: 'ok', stream: 'skipped' });
  });

  it.each(['cut@2', 'fin@2', 'rst@2'])('a stream that breaks: %s', async (fault) => {
    upstream.script('ok', fault);
    const told = await diagnose(endpointOf(upstream.url));
    expect(told.fault).toMatchObject({ name: 'stream', code: 'stream-cut' });
  });

  it('names that the list does not hold can be removed', async () => {
    const { steps } = await diagnose(endpointOf(upstream.url, { models: new Set(['gpt-4o', 'gone-1']) }));
    expect(steps.find(({ name }) => name === 'models')).toMatchObject({
      state: 'warned',
      mends: [{ do: 'remove-names', names: ['gone-1'] }],
    });
  });

  it('is one of many: each has its own steps and its own end; the way there is walked once', async () => {
    const accounts = ['sk-bad-1', key, 'sk-bad-2', key].map((secret, index) => ({
      ...accountOf(secret),
      id: `a${index}`,
      key: `e/a${index}`,
    }));
    const { events } = await diagnose(endpointOf(upstream.url), accounts);
    const ends = events.flatMap((event) => (event.type === 'account' ? [[event.account, event.ok]] : []));
    expect(Object.fromEntries(ends)).toEqual({ a0: false, a1: true, a2: false, a3: true });
    const dns = events.filter((event) => event.type === 'step' && event.step.name === 'dns');
    expect(dns).toHaveLength(2);
    const codes = events.flatMap((event) =>
      event.type === 'step' && event.account === 'a2' && event.step.state === 'failed'
        ? [event.step.code]
        : [],
    );
    expect(codes).toEqual(['key-refused']);
  });
});

it('who leaves ends it at once', async () => {
  upstream.set({ path: '/v1/chat/completions' }, 'blackhole');
  const leaving = new AbortController();
  const running = diagnose(endpointOf(upstream.url), [accountOf(key)], leaving.signal);
  await expect.poll(() => upstream.journal.last()?.path).toBe('/v1/chat/completions');
  leaving.abort();
  const { events, fault } = await running;
  expect(fault?.code).toBe('cancelled');
  expect(events.some(({ type }) => type === 'account')).toBe(false);
});
