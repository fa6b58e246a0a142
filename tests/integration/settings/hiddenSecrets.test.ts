// Credentials in headers, proxies and options, planted in clear: they do their work, and stand nowhere but in the vault.
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Settings, SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { openFileVault } from '../../../main/store/fileVault.ts';
import { type ProxyServer, startHttpProxy } from '../../fakes/proxyServer.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';
import { createFakeKeychain } from '../../unit/store/fakeKeychain.ts';
import { filesHolding } from '../../unit/store/tempDir.ts';
import { cleanUp, startSettings, until } from './settingsBench.ts';

const proxyPassword = 'planted/proxy:Ff66';
const ownPassword = 'planted-own-Gg77';
const clear = {
  Authorization: 'Bearer planted.bearer.Aa11',
  Cookie: 'sid=planted.cookie.Bb22; theme=dark',
  'cf-access-client-secret': 'planted.access.Cc33',
  // Told by its look, by its mark, and by nothing at all.
  'X-Note': 'sk-planted-shape-Dd44',
  'X-Code': { secret: 'planted.marked.Ee55' },
  'X-Team': 'blue',
} satisfies NonNullable<SettingsInput['endpoints']>[number]['headers'];
const option = 'planted.option.Hh88';

/** Every way in which one of them could be written. Whatever else is planted holds the word itself. */
const needles = [
  'planted',
  encodeURIComponent(proxyPassword),
  `me:${proxyPassword}`,
  `me:${ownPassword}`,
  ...Object.values(clear).flatMap((value) => (value === 'blue' ? [] : [JSON.stringify(value)])),
];

describe('with the vault in a file, in the whole program', () => {
  const passphrase = 'a long pass phrase';
  let dataDir: string;
  let upstream: http.Server;
  let port = 0;
  let proxy: ProxyServer;
  let ownProxy: ProxyServer;
  let gateway: TestCore;
  /** What upstreams were sent last. */
  let seen: http.IncomingHttpHeaders = {};
  let refusing = false;
  /** Everything that was answered or logged in any run. */
  const told: string[] = [];

  const far = () => ({ id: 'far', baseUrl: `http://upstream.example.test:${port}/v1`, models: ['m'] });

  async function start(settings?: SettingsInput): Promise<void> {
    gateway = await createTestCore({
      dataDir,
      ...(settings ? { settings } : {}),
      platform: { vault: { choice: 'file', passphrase } },
    });
  }

  async function stop(): Promise<void> {
    told.push(...gateway.logs.map((entry) => JSON.stringify(entry)));
    await gateway.close();
  }

  async function ask(model = 'm'): Promise<{ status: number; text: string }> {
    const response = await gateway.post('/v1/chat/completions', {
      model,
      messages: [{ role: 'user', content: 'hi' }],
    });
    const text = await response.text();
    told.push(text, JSON.stringify([...response.headers]));
    return { status: response.status, text };
  }

  const heldRefs = async (): Promise<string[]> =>
    [...(await openFileVault({ dataDir, passphrase, now: Date.now })).entries()]
      .map(([ref]) => ref)
      .filter((ref) => !ref.includes('admin'))
      .sort();

  /** Asks for all there is to ask for, and looks for what must be nowhere. */
  async function search(): Promise<void> {
    const { control } = gateway;
    const records = await gateway.records();
    told.push(
      JSON.stringify([
        records,
        await Promise.all(records.map(({ id }) => control.records.body({ id }))),
        await control.endpoints.list(),
        await control.settings.get(),
        await control.gateway.status(),
        await control.about.diagnosis(),
        await control.transfer.export({}),
        await control.transfer.export({ passphrase: 'another pass phrase' }),
      ]),
      ...gateway.logs.map((entry) => JSON.stringify(entry)),
    );
    expect(filesHolding(dataDir, needles)).toEqual([]);
    for (const text of told.splice(0))
      for (const needle of [...needles, Buffer.from(needles[2] ?? '').toString('base64')])
        expect(text).not.toContain(needle);
  }

  const onDisk = (): Settings => JSON.parse(fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8'));

  beforeAll(async () => {
    dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-hidden-'));
    upstream = http.createServer((request, response) => {
      seen = request.headers;
      const quoted = JSON.stringify({
        error: { message: `no: ${JSON.stringify(seen)} ${String(seen.cookie).split(/[=;]/)[1]}` },
      });
      const good = JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'well' }, finish_reason: 'stop' }],
      });
      request.resume().on('end', () => {
        response.writeHead(refusing ? 400 : 200, { 'content-type': 'application/json' });
        response.end(refusing ? quoted : good);
      });
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    port = (upstream.address() as AddressInfo).port;
    proxy = await startHttpProxy({ user: 'me', password: proxyPassword });
    ownProxy = await startHttpProxy({ user: 'me', password: ownPassword });
    await start({
      network: { proxy: `http://me:${encodeURIComponent(proxyPassword)}@127.0.0.1:${proxy.port}` },
      usage: { recordBodies: true },
      routing: { maxAttempts: 1 },
      endpoints: [
        {
          ...far(),
          accounts: [{ id: 'a1', secret: { env: 'TEST_CLIENT_KEY' } }],
          headers: clear,
          options: { extra: { apiKey: option } },
        },
        {
          ...far(),
          id: 'own',
          models: ['own'],
          proxy: `http://me:${ownPassword}@127.0.0.1:${ownProxy.port}`,
        },
      ],
    });
  });
  afterAll(async () => {
    await gateway?.close();
    await Promise.all([proxy?.close(), ownProxy?.close()]);
    await new Promise((resolve) => upstream.close(resolve));
    fs.rmSync(dataDir, { recursive: true, force: true });
  });

  it('the start moves them, and requests carry them', async () => {
    expect((await ask()).status).toBe(200);
    expect(seen).toMatchObject({
      authorization: clear.Authorization,
      cookie: clear.Cookie,
      'cf-access-client-secret': 'planted.access.Cc33',
      'x-note': 'sk-planted-shape-Dd44',
      'x-code': 'planted.marked.Ee55',
      'x-team': 'blue',
    });
    expect(proxy.asked).toHaveLength(1);
    expect((await ask('own')).status).toBe(200);
    expect(ownProxy.asked).toHaveLength(1);
    expect(onDisk()).toMatchObject({
      network: { proxy: { url: `http://me@127.0.0.1:${proxy.port}`, password: { vault: 'network/proxy' } } },
      endpoints: [
        {
          headers: { Cookie: { vault: 'header/far/cookie' }, 'X-Team': 'blue' },
          options: { extra: { apiKey: { vault: 'option/far/extra.apiKey' } } },
        },
        { proxy: { url: `http://me@127.0.0.1:${ownProxy.port}`, password: { vault: 'proxy/own' } } },
      ],
    });
    await search();
  });

  it('an upstream that quotes them tells nobody', async () => {
    refusing = true;
    const { text } = await ask();
    expect(text).toContain('no: ');
    await gateway.control.endpoints.check({ id: 'far' }).then((report) => told.push(JSON.stringify(report)));
    refusing = false;
    await search();
  });

  it('a form that is sent back keeps them, but for what was typed anew', async () => {
    const [view] = await gateway.control.endpoints.list();
    if (!view) throw new Error('no endpoint');
    const { headers, proxy: shown, options } = view;
    expect(headers).toEqual({
      Authorization: '••',
      Cookie: '••',
      'cf-access-client-secret': '••',
      'X-Note': '••',
      'X-Code': '••',
      'X-Team': 'blue',
    });
    await gateway.control.endpoints.update({
      id: 'far',
      patch: {
        headers: { ...headers, Authorization: 'Bearer planted.second.Jj99', 'X-Team': 'red' },
        proxy: shown,
        options,
      },
    });
    expect((await ask()).status).toBe(200);
    expect(seen).toMatchObject({
      authorization: 'Bearer planted.second.Jj99',
      cookie: clear.Cookie,
      'x-code': 'planted.marked.Ee55',
      'x-team': 'red',
    });
    expect(await heldRefs()).toEqual([
      'header/far/authorization~',
      'header/far/cf-access-client-secret',
      'header/far/cookie',
      'header/far/x-code',
      'header/far/x-note',
      'network/proxy',
      'option/far/extra.apiKey',
      'proxy/own',
    ]);
    await search();
  });

  it('an import brings its own, and taken back leaves those from before', async () => {
    const before = await heldRefs();
    const text = JSON.stringify({
      network: { proxy: 'http://me:planted-imported-Kk10@127.0.0.1:1' },
      endpoints: [
        {
          id: 'brought',
          baseUrl: 'https://brought.test/v1',
          headers: { 'X-Api-Key': 'planted.imported.Ll11', 'X-Stolen': { vault: 'header/far/cookie' } },
        },
      ],
    });
    told.push(JSON.stringify(await gateway.control.transfer.plan({ text })));
    await gateway.control.transfer.apply({ text });
    expect(onDisk().endpoints[2]?.headers).toEqual({ 'X-Api-Key': { vault: 'header/brought/x-api-key' } });
    expect(await heldRefs()).toContain('network/proxy~');
    await search();
    await gateway.control.transfer.undo();
    expect((await ask()).status).toBe(200);
    expect(await heldRefs()).toEqual(before);
    await search();
  });

  it('what is removed takes them along, and put back brings them back', async () => {
    const before = await heldRefs();
    const { undo } = await gateway.control.endpoints.remove({ id: 'far' });
    expect(await heldRefs()).toEqual(['network/proxy', 'proxy/own']);
    await search();
    await gateway.control.removed.restore({ undo });
    expect((await ask()).status).toBe(200);
    expect(seen).toMatchObject({ cookie: clear.Cookie, 'x-code': 'planted.marked.Ee55' });
    expect((await heldRefs()).map((ref) => ref.replace('~', ''))).toEqual(
      before.map((ref) => ref.replace('~', '')),
    );
    await search();
  });

  it('an edit by hand is moved, and one that can’t be taken is kept masked', async () => {
    const file = path.join(dataDir, 'settings.json');
    const good = onDisk();
    const [first] = good.endpoints;
    if (first) first.headers['X-Session'] = 'planted.by-hand.Mm12';
    fs.writeFileSync(file, JSON.stringify(good));
    await eventually(onDisk, (now) => typeof now.endpoints[0]?.headers['X-Session'] === 'object');
    await ask();
    expect(seen['x-session']).toBe('planted.by-hand.Mm12');
    await search();
    fs.writeFileSync(
      file,
      '{"network":{"proxy":"http://me:planted-cut@127.0.0.1:1"},"endpoints":[{"headers":{"Cookie":"planted cut',
    );
    await gateway.control.settings.update({ routing: { strategy: 'random' } });
    expect(fs.readdirSync(dataDir).some((name) => name.includes('.corrupt-'))).toBe(true);
    await search();
  });

  it('the next start finds them', async () => {
    await stop();
    await start();
    expect((await ask()).status).toBe(200);
    expect(seen.cookie).toBe(clear.Cookie);
    expect(
      await gateway.control.settings.testProxy({ proxy: `http://me:••@127.0.0.1:${proxy.port}` }),
    ).toMatchObject({ via: `http://me:••@127.0.0.1:${proxy.port}` });
    await search();
  });

  it('one that is gone is told in words, nothing is sent without it, and typed again it is there', async () => {
    await stop();
    const vault = await openFileVault({ dataDir, passphrase, now: Date.now });
    await vault.delete('header/far/cookie');
    await start();
    seen = {};
    const { problems } = await gateway.control.gateway.status();
    const reason = 'headers.Cookie: it is not in vault.json';
    expect(problems).toMatchObject([{ code: 'secret-missing', details: { names: 'far/a1', reason } }]);
    const [view] = await gateway.control.endpoints.list();
    expect(view).toMatchObject({ health: 'down', headers: { Cookie: '••' } });
    expect(view?.accounts[0]).toMatchObject({ state: 'missing', reason });
    expect((await ask()).status).toBeGreaterThanOrEqual(400);
    expect(seen).toEqual({});
    expect((await ask('own')).status).toBe(200);
    await search();
    await gateway.control.endpoints.update({
      id: 'far',
      patch: { headers: { ...view?.headers, Cookie: 'sid=planted.again.Nn13' } },
    });
    expect((await ask()).status).toBe(200);
    expect(seen.cookie).toBe('sid=planted.again.Nn13');
    expect((await gateway.control.gateway.status()).problems).toEqual([]);
    await search();
  });
});

describe('with the keychain', () => {
  afterEach(() => cleanUp((folder) => expect(filesHolding(folder, ['planted'])).toEqual([])));

  const withHeader = (Cookie: unknown, proxyUrl: unknown = 'direct') => ({
    clientKeys: [{ id: 'mine', secret: { env: 'MINE' } }],
    endpoints: [{ id: 'o', baseUrl: 'https://o.test', headers: { Cookie }, proxy: proxyUrl }],
  });
  const moved = withHeader(
    { vault: 'header/o/cookie' },
    { url: 'http://h.test:1', password: { vault: 'proxy/o' } },
  );
  const typed = withHeader('id=planted-cookie', 'http://:planted-word@h.test:1');

  it('they move at the start, and in use are what was typed', async () => {
    const bench = await startSettings({ settings: typed });
    expect(bench.onDisk()).toEqual(moved);
    expect(Object.fromEntries(bench.keychain.entries)).toEqual({
      'header/o/cookie': 'id=planted-cookie',
      'proxy/o': 'planted-word',
    });
    expect(bench.config.snapshots.current.endpoints[0]).toMatchObject({
      headers: { Cookie: 'id=planted-cookie' },
      proxy: 'http://:planted-word@h.test:1',
    });
    expect(bench.redactor.redact('id=planted-cookie planted-cookie planted-word')).not.toContain('planted');
  });

  it('an edit by hand that takes them out deletes them, and its undo brings them back', async () => {
    const bench = await startSettings({ settings: typed });
    const without = { ...moved, endpoints: [{ ...moved.endpoints[0], headers: {}, proxy: null }] };
    bench.editByHand(without);
    await until(() => bench.keychain.entries.size === 0);
    bench.editByHand(moved);
    await until(() => bench.keychain.entries.size === 2);
    await until(() => bench.config.snapshots.current.endpoints[0]?.headers.Cookie === 'id=planted-cookie');
    expect(bench.problems.list()).toEqual([]);
  });

  it('they wait in the file for a keychain that is locked, and move when it opens', async () => {
    const keychain = createFakeKeychain('locked');
    const bench = await startSettings({ settings: typed, keychain });
    expect(bench.onDisk()).toEqual(typed);
    expect(bench.config.snapshots.current.endpoints[0]?.headers.Cookie).toBe('id=planted-cookie');
    keychain.state = 'ready';
    await bench.vault.retry();
    await until(() => bench.problems.list().length === 0);
    expect(bench.onDisk()).toEqual(moved);
  });

  it('a value may come from the environment, and is named where it is not set', async () => {
    const settings = withHeader({ env: 'MINE' }, { url: 'http://h.test:1', password: { env: 'UNSET' } });
    const bench = await startSettings({ settings });
    expect(bench.onDisk()).toEqual(settings);
    const [endpoint] = bench.config.snapshots.current.endpoints;
    expect(endpoint?.headers.Cookie).toBe('mine-1234567890');
    expect(endpoint?.accounts[0]?.credential).toMatchObject({
      state: 'missing',
      reason: 'proxy: the environment variable UNSET is not set',
    });
  });

  it.each([
    [withHeader(7), 'endpoints[0].headers.Cookie', /must be a text, \{"env":"NAME"\}/],
    [withHeader('a\nb'), 'endpoints[0].headers.Cookie', /line breaks/],
    [withHeader('x', 'ftp://h'), 'endpoints[0].proxy', /must start with http/],
    [withHeader('x', { url: 'http://a:b@h', password: 'c' }), 'endpoints[0].proxy.url', /beside/],
    [withHeader('x', 7), 'endpoints[0].proxy', /must be a text, or/],
  ])('what is neither is refused in words', async (settings, field, words) => {
    const bench = await startSettings({ settings, platform: { shell: 'desktop' } });
    const [problem] = bench.problems.list();
    expect(problem?.details.field).toBe(field);
    expect(problem?.details.message).toMatch(words);
  });
});
