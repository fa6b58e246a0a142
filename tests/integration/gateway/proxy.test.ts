// Requests over a real proxy server, to upstreams whose names only the proxy can find.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { type ProxyServer, startHttpProxy, startSocksProxy } from '../../fakes/proxyServer.ts';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';

const answer = JSON.stringify({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'over there' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
const secret = 'proxy-password-Qw83';

let upstream: http.Server;
let port = 0;
let core: TestCore | null = null;
const proxies: ProxyServer[] = [];

beforeAll(async () => {
  upstream = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  port = (upstream.address() as AddressInfo).port;
});
afterEach(async () => {
  await core?.close();
  core = null;
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(() => new Promise((resolve) => upstream.close(resolve)));

async function over(proxy: Promise<ProxyServer>): Promise<ProxyServer> {
  const started = await proxy;
  proxies.push(started);
  return started;
}

async function start(
  network: SettingsInput['network'],
  endpoint: { host?: string; proxy?: string } = {},
  env: Record<string, string> = {},
): Promise<TestCore> {
  const { host = 'upstream.example.test', proxy } = endpoint;
  core = await createTestCore({
    env,
    settings: {
      network,
      routing: { maxAttempts: 1 },
      endpoints: [
        {
          id: 'far',
          baseUrl: `http://${host}:${port}/v1`,
          models: ['m'],
          accounts: [{ id: 'a1', secret: 'sk-upstream-0123456789' }],
          ...(proxy ? { proxy } : {}),
        },
      ],
    },
  });
  return core;
}

async function ask(gateway: TestCore): Promise<{ status: number; text: string }> {
  const response = await gateway.post('/v1/chat/completions', {
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
  });
  return { status: response.status, text: await response.text() };
}

describe.each([
  ['HTTP', 'http', startHttpProxy],
  ['SOCKS5', 'socks5', startSocksProxy],
] as const)('a proxy for all endpoints, %s', (_name, scheme, startProxy) => {
  it('carries their requests, with user name and password', async () => {
    const proxy = await over(startProxy({ user: 'me', password: secret }));
    const gateway = await start({ proxy: `${scheme}://me:${secret}@127.0.0.1:${proxy.port}` });
    expect(await ask(gateway)).toMatchObject({ status: 200, text: expect.stringContaining('over there') });
    expect(proxy.asked).toEqual([`upstream.example.test:${port}`]);
  });

  it('is named where it is down, its password concealed everywhere', async () => {
    const gone = await startProxy();
    await gone.close();
    const gateway = await start({ proxy: `${scheme}://me:${secret}@127.0.0.1:${gone.port}` });
    const { status, text } = await ask(gateway);
    expect(status).toBe(502);
    const record = await gateway.record();
    expect(record.attempts[0]?.reason).toBe(
      `the proxy ${scheme}://me:••@127.0.0.1:${gone.port} can't be reached: connection refused: nothing listens there`,
    );
    const settings = await gateway.control.settings.get();
    expect(settings.network.proxy).toBe(`${scheme}://me:••@127.0.0.1:${gone.port}`);
    const seen = [text, record, settings, gateway.logs, await gateway.control.about.diagnosis()];
    expect(JSON.stringify(seen)).not.toContain(secret);
  });
});

describe('the way out', () => {
  it('is the endpoint’s own proxy where it has one, and none where it says so', async () => {
    const [common, own] = [await over(startHttpProxy()), await over(startHttpProxy())];
    const gateway = await start(
      { proxy: `http://127.0.0.1:${common.port}` },
      { proxy: `http://127.0.0.1:${own.port}` },
    );
    expect((await ask(gateway)).status).toBe(200);
    expect([common.asked.length, own.asked.length]).toEqual([0, 1]);
    // Straight, nobody finds that name.
    await gateway.control.endpoints.update({ id: 'far', patch: { proxy: 'direct' } });
    expect((await ask(gateway)).status).toBe(502);
    expect([common.asked.length, own.asked.length]).toEqual([0, 1]);
    await gateway.control.endpoints.update({ id: 'far', patch: { proxy: null } });
    expect((await ask(gateway)).status).toBe(200);
    expect(common.asked).toHaveLength(1);
  });

  it('leads straight to this machine, whatever the proxy', async () => {
    const proxy = await over(startHttpProxy());
    const gateway = await start({ proxy: `http://127.0.0.1:${proxy.port}` }, { host: '127.0.0.1' });
    expect((await ask(gateway)).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it('is the environment’s under "system", and changes with the settings at once', async () => {
    const proxy = await over(startHttpProxy());
    const gateway = await start({ proxy: 'system' }, {}, { http_proxy: `127.0.0.1:${proxy.port}` });
    expect((await ask(gateway)).status).toBe(200);
    expect(proxy.asked).toHaveLength(1);
    await gateway.control.settings.update({ network: { proxy: null } });
    expect((await ask(gateway)).status).toBe(502);
    expect(proxy.asked).toHaveLength(1);
  });
});

describe('the trial of a proxy', () => {
  it('goes the way that is asked about, through a tunnel where the upstream speaks TLS', async () => {
    const proxy = await over(startHttpProxy({ refuse: 503, user: 'me', password: secret }));
    const gateway = await start({ proxy: null });
    const address = `http://me:${secret}@127.0.0.1:${proxy.port}`;
    expect(await gateway.control.settings.testProxy({ proxy: address })).toMatchObject({
      ok: true,
      target: `http://upstream.example.test:${port}`,
      via: `http://me:••@127.0.0.1:${proxy.port}`,
      reason: null,
    });
    await gateway.control.endpoints.update({
      id: 'far',
      patch: { baseUrl: 'https://upstream.example.test/v1' },
    });
    const refused = await gateway.control.settings.testProxy({ proxy: address });
    expect(refused).toMatchObject({ ok: false, target: 'https://upstream.example.test' });
    expect(refused.reason).toContain('could not reach the upstream (503)');
    expect(proxy.asked.at(-1)).toBe('upstream.example.test:443');
    const stranger = await gateway.control.settings.testProxy({
      proxy: `http://me:wrong-password@127.0.0.1:${proxy.port}`,
    });
    expect(stranger.reason).toContain('refuses the user name or password (407)');
  });
});
