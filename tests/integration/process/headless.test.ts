import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeUpstream } from '../../fakes/fakeUpstream.ts';
import { type Headless, type HeadlessOptions, spawnHeadless, startHeadless } from '../../fakes/headless.ts';
import { eventually, testAdminToken, testClientKey } from '../../fakes/testCore.ts';

let dataDir: string;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-headless-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<HeadlessOptions> = {}): Promise<Headless> {
  const gateway = await startHeadless({ dataDir, ...options });
  ends.push(() => gateway.end('SIGKILL'));
  return gateway;
}

async function runToEnd(options: Partial<HeadlessOptions>): Promise<{ code: number | null; output: string }> {
  const { process: child, output } = spawnHeadless({ dataDir, ...options });
  ends.push(async () => child.kill('SIGKILL'));
  await once(child, 'exit');
  return { code: child.exitCode, output: output() };
}

const runtimeFile = (): string => path.join(dataDir, 'runtime.json');

describe('the headless program', () => {
  it('says where it listens, to people and programs, and cleans up behind itself', async () => {
    const gateway = await start();
    const runtime = JSON.parse(fs.readFileSync(runtimeFile(), 'utf8')) as Record<string, unknown>;
    expect(runtime).toEqual({
      pid: gateway.process.pid,
      url: gateway.origin,
      host: '127.0.0.1',
      port: expect.any(Number),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      startedAt: expect.any(String),
    });
    if (process.platform !== 'win32') expect(fs.statSync(runtimeFile()).mode & 0o777).toBe(0o600);
    expect(gateway.output()).toMatch(/serves http:\/\/localhost:\d+\/v1/);
    expect(await gateway.end('SIGTERM')).toBe(0);
    expect(fs.existsSync(runtimeFile())).toBe(false);
  });

  it('ends though a client keeps an unused connection open', async () => {
    const gateway = await start();
    const socket = net.connect(Number(new URL(gateway.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    const started = performance.now();
    expect(await gateway.end('SIGINT')).toBe(0);
    expect(performance.now() - started).toBeLessThan(6_000);
    socket.destroy();
  });

  it('SIGTERM lets a running stream end and turns new requests away', async () => {
    const upstream = await createFakeUpstream({ eventGapMs: 120 });
    ends.push(() => upstream.close());
    const gateway = await start({
      settings: { endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'] }] },
    });
    const body = {
      model: 'gpt-4o',
      stream: true,
      messages: [{ role: 'user', content: 'one two three four five six' }],
    };
    const response = await gateway.post('/v1/chat/completions', body);
    const text = response.text();
    gateway.process.kill('SIGTERM');
    const refused = await eventually(
      () =>
        gateway.post('/v1/chat/completions', body).then(
          async (late) => ({ status: late.status, text: await late.text() }),
          () => null,
        ),
      (late) => late === null || late.status === 503,
    );
    if (refused) expect(refused.text).toContain('gateway_stopping');
    expect(await text).toContain('[DONE]');
    await eventually(
      () => gateway.process.exitCode,
      (code) => code !== null,
    );
    expect(gateway.process.exitCode).toBe(0);
  });

  it('a second signal ends it at once', async () => {
    const upstream = await createFakeUpstream();
    ends.push(() => upstream.close());
    upstream.set({}, 'blackhole');
    const gateway = await start({
      settings: { endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'] }] },
    });
    const request = gateway
      .post('/v1/chat/completions', { model: 'gpt-4o', messages: [{ role: 'user', content: 'x' }] })
      .catch(() => null);
    await upstream.journal.waitFor((entries) => entries.length === 1);
    gateway.process.kill('SIGTERM');
    const refused = () =>
      gateway.post('/v1/chat/completions', {}).then(
        ({ status }) => status === 503,
        () => true,
      );
    await eventually(refused, Boolean);
    // One that comes with the first is its echo.
    await new Promise((resolve) => setTimeout(resolve, 500));
    // Waiting for the request would have ended well.
    expect(await gateway.end('SIGTERM')).toBe(1);
    await request;
  });

  it('flags win over the environment, and that over settings.json', async () => {
    const gateway = await start({
      settings: { server: { port: 1, host: '127.0.0.2' } },
      env: { SLUICE_PORT: '2', SLUICE_HOST: '127.0.0.1' },
      flags: ['--port', '0'],
    });
    expect(new URL(gateway.origin).hostname).toBe('127.0.0.1');
  });

  it.each([
    ['--port', 'many'],
    ['--vault', 'cellar'],
    ['--colour', 'blue'],
    ['--log-level', 'loud'],
    ['--redis', 'nowhere'],
  ])('%s %s: exit code 2 and one line', async (flag, value) => {
    const { code, output } = await runToEnd({ flags: [flag, value] });
    expect(code).toBe(2);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(flag.slice(2));
  });

  it('wrong settings: exit code 2 and the field', async () => {
    fs.writeFileSync(path.join(dataDir, 'settings.json'), '{"endpoints":[{"id":"e","baseUrl":"nonsense"}]}');
    const { code, output } = await runToEnd({});
    expect(code).toBe(2);
    expect(output).toContain('endpoints[0].baseUrl');
  });

  it('a taken port: exit code 3, and who has it where it is us', async () => {
    const gateway = await start();
    const { port } = new URL(gateway.origin);
    const other = path.join(dataDir, 'other');
    fs.mkdirSync(other);
    const { code, output } = await runToEnd({ dataDir: other, flags: ['--port', port] });
    expect(code).toBe(3);
    expect(output).toContain(`Port ${port}`);
    expect(output).toContain(`another Sluice (without a desktop, process ${gateway.process.pid})`);
    const same = await runToEnd({ flags: ['--port', port] });
    expect(same.code).toBe(3);
    expect(same.output).toContain(`Port ${port}`);
    expect(same.output).toContain(`process ${gateway.process.pid}`);
  });

  it('an address that is none of this machine: exit code 2, and what to use instead', async () => {
    const { code, output } = await runToEnd({ flags: ['--host', '192.0.2.1'] });
    expect(code).toBe(2);
    expect(output).toContain('no address "192.0.2.1"');
    expect(output).toContain('127.0.0.1');
  });

  it("another program's port is not called ours, though we had it once", async () => {
    const gateway = await start();
    const { port } = new URL(gateway.origin);
    await gateway.end('SIGKILL');
    expect(fs.existsSync(runtimeFile())).toBe(true);
    const other = net.createServer().listen(Number(port), '127.0.0.1');
    await once(other, 'listening');
    ends.push(async () => other.close());
    const { code, output } = await runToEnd({ flags: ['--port', port] });
    expect(code).toBe(3);
    expect(output).toContain(`Port ${port}`);
    expect(output).not.toMatch(/another Sluice|process \d/);
  });

  it('one data folder, one process', async () => {
    const gateway = await start();
    const { code, output } = await runToEnd({});
    expect(code).toBe(1);
    expect(output).toContain('already running');
    expect((await gateway.post('/v1/models', {})).status).toBe(404);
  });

  it('--config brings endpoints along and leaves its file alone', async () => {
    const upstream = await createFakeUpstream();
    ends.push(() => upstream.close());
    const file = path.join(dataDir, 'import.json');
    const text = JSON.stringify({
      endpoints: [
        {
          id: 'imported',
          baseUrl: upstream.url,
          models: ['gpt-4o'],
          accounts: [{ id: 'a', secret: 'imported-secret-0123456789' }],
        },
      ],
    });
    fs.writeFileSync(file, text);
    const gateway = await start({ flags: ['--config', file] });
    expect(
      (
        await gateway.post('/v1/chat/completions', {
          model: 'gpt-4o',
          messages: [{ role: 'user', content: 'x' }],
        })
      ).status,
    ).toBe(200);
    expect(upstream.journal.last().key).toBe('imported-secret-0123456789');
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
    expect(fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8')).not.toContain('imported-secret');
  });

  it('a hand edit applies within a second; a wrong one changes nothing and is explained', async () => {
    const [one, two] = [await createFakeUpstream({ name: 'one' }), await createFakeUpstream({ name: 'two' })];
    ends.push(
      () => one.close(),
      () => two.close(),
    );
    const file = path.join(dataDir, 'settings.json');
    const gateway = await start({
      settings: { endpoints: [{ id: 'e', baseUrl: one.url, models: ['gpt-4o'] }] },
    });
    const chat = async (): Promise<string> =>
      (
        await gateway.post('/v1/chat/completions', {
          model: 'gpt-4o',
          messages: [{ role: 'user', content: 'x' }],
        })
      ).text();
    expect(await chat()).toContain('one says');

    const document = JSON.parse(fs.readFileSync(file, 'utf8')) as { endpoints: { baseUrl: string }[] };
    if (document.endpoints[0]) document.endpoints[0].baseUrl = two.url;
    fs.writeFileSync(file, JSON.stringify(document));
    const edited = performance.now();
    await eventually(chat, (text) => text.includes('two says'));
    // A second for the edit, the rest for the answer that shows it.
    expect(performance.now() - edited).toBeLessThan(1_500);

    fs.writeFileSync(file, JSON.stringify(document).replace(two.url, 'ftp://wrong'));
    const status = await eventually(
      () => gateway.control<{ problems: { code: string; message: string }[] }>('/gateway'),
      ({ problems }) => problems.some(({ code }) => code === 'settings-invalid'),
    );
    expect(JSON.stringify(status.problems)).toContain('endpoints[0].baseUrl');
    expect(gateway.output()).toContain('endpoints[0].baseUrl');
    expect(await chat()).toContain('two says');
  });
});

describe('secrets', () => {
  it('are nowhere in the data folder, the output or any answer after a rough day', async () => {
    const secrets = { account: 'planted-account-secret-8fj2kd93', client: 'planted-client-secret-93kd8fj2' };
    const upstream = await createFakeUpstream({ keys: [secrets.account] });
    ends.push(() => upstream.close());
    const answers: string[] = [];
    const gateway = await start({
      flags: ['--log-level', 'debug'],
      settings: {
        clientKeys: [{ id: 'default', secret: secrets.client }],
        endpoints: [
          {
            id: 'e',
            baseUrl: upstream.url,
            models: ['gpt-4o'],
            accounts: [{ id: 'a', secret: secrets.account }],
          },
        ],
        routing: { retryDelayMs: 1 },
      },
    });
    const faults = [
      'ok',
      '400',
      '401',
      '402',
      '403',
      '404-model',
      '429:1',
      '500',
      'cut@2',
      'html200',
      'err200',
      'empty',
      'rst@0',
      'sse-error@2',
    ];
    for (const fault of faults) {
      for (const stream of [false, true]) {
        upstream.set({}, fault);
        const response = await gateway.post(
          `/v1/chat/completions?key=${secrets.client}`,
          { model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'hi' }] },
          { headers: { authorization: `Bearer ${secrets.client}` } },
        );
        answers.push(JSON.stringify([...response.headers]), await response.text().catch(String));
        await fetch(`${gateway.origin}/control/endpoints/e/accounts/a/clear`, {
          method: 'POST',
          headers: { authorization: `Bearer ${testAdminToken}` },
        });
      }
    }
    for (const route of [
      '/gateway',
      '/endpoints',
      '/client-keys',
      '/records',
      '/settings',
      '/models',
      '/usage/summary?span=1h',
      '/openapi.json',
    ]) {
      answers.push(JSON.stringify(await gateway.control(route)));
    }
    await gateway.end('SIGTERM');
    const files = fs
      .readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(2);
    const everything = [
      ...files.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1')),
      gateway.output(),
      ...answers,
    ];
    for (const secret of [...Object.values(secrets), testAdminToken, testClientKey]) {
      for (const spelling of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]) {
        expect(
          everything.some((text) => text.includes(spelling)),
          spelling,
        ).toBe(false);
      }
    }
  });
});
