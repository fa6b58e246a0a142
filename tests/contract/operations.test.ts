import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDefinedError, safe } from '@orpc/client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../main/contract/events.ts';
import { demoBaseUrl } from '../../main/contract/schemas/endpoint.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { UpstreamError } from '../../main/upstream/upstreamError.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers, inProcess } from './carriers.ts';
import {
  type ControlBench,
  createControlBench,
  createKeychain,
  planted,
  requestRecord,
} from './controlBench.ts';
import { oneOfEach, operationRoutes } from './operations.ts';
import { refusal } from './refusal.ts';

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function secretsIn(value: unknown, except: readonly string[] = []): string[] {
  const text = JSON.stringify(value) ?? '';
  return Object.values(planted).filter((secret) => !except.includes(secret) && text.includes(secret));
}

it('there is a call of each operation here', () => {
  expect(Object.keys(oneOfEach).sort()).toEqual(
    operationRoutes()
      .map(({ name }) => name)
      .sort(),
  );
});

describe.each(carriers)('the control plane %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  describe('as a whole', () => {
    it('answers every operation, and no answer holds a secret it was not asked to issue', async () => {
      bench.deps.usage.add(requestRecord('seeded'));
      await bench.deps.usage.flush();
      for (const [name, call] of Object.entries(oneOfEach)) {
        const answer = await call(client);
        const except = name === 'clientKeys.claim' ? [planted.unseenKey] : [];
        expect(secretsIn(answer, except), name).toEqual([]);
      }
      expect(secretsIn(bench.log), 'the log').toEqual([]);
      for (const file of readdirSync(bench.dataDir))
        expect(secretsIn(readFileSync(join(bench.dataDir, file), 'latin1')), file).toEqual([]);
    });

    it('gives an error that nobody foresaw no words, and the log all but the secret', async () => {
      bench.probeFails(new Error(`socket of ${planted.account} broke`));
      const error = await refusal(client.endpoints.check({ id: 'main' }));
      expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 });
      expect(isDefinedError(error)).toBe(false);
      expect(JSON.stringify(error)).not.toContain('broke');
      const line = bench.log.find(({ level }) => level === 'error');
      expect(line?.facts).toMatchObject({ operation: 'endpoints.check' });
      expect(line?.facts?.error).toContain('broke');
      expect(secretsIn(bench.log)).toEqual([]);
    });
  });

  describe('errors', () => {
    it('name the wrong fields of an input', async () => {
      const error = await refusal(
        client.endpoints.create({
          baseUrl: 'https://169.254.169.254/v1',
          weight: -1,
          accounts: [{ weight: 'heavy' as unknown as number }],
        }),
      );
      expect(error).toMatchObject({ code: 'INVALID', status: 422, defined: true });
      const { issues } = error.data as { issues: { path: string; message: string }[] };
      expect(issues.map(({ path }) => path).sort()).toEqual(['accounts[0].weight', 'baseUrl', 'weight']);
      expect(issues.find(({ path }) => path === 'baseUrl')?.message).toContain('link-local');
    });

    it('name a wrong option of an endpoint, new or changed', async () => {
      const wrong = { kind: 'azure', baseUrl: 'https://x.test', options: { apiVersion: 'new' } } as const;
      const issueOf = async (call: Promise<unknown>) => (await refusal(call)).data;
      const atVersion = { issues: [{ path: 'options.apiVersion' }] };
      expect(await issueOf(client.endpoints.create(wrong))).toMatchObject(atVersion);
      expect(await issueOf(client.endpoints.checkDraft(wrong))).toMatchObject(atVersion);
      const patch = { options: { repairs: { roles: 1 } } };
      const atSwitch = { issues: [{ path: 'endpoints[0].options.repairs.roles' }] };
      expect(await issueOf(client.endpoints.update({ id: 'main', patch }))).toMatchObject(atSwitch);
    });

    it('name the wrong fields of the settings', async () => {
      const error = await refusal(
        client.settings.update({ server: { port: 80_000 }, usage: { quotaTimeZone: 'Moon/Base' } }),
      );
      expect(error).toMatchObject({ code: 'INVALID', status: 422, defined: true });
      const { issues } = error.data as { issues: { path: string }[] };
      expect(issues.map(({ path }) => path).sort()).toEqual(['server.port', 'usage.quotaTimeZone']);
      expect((await client.settings.get()).server.port).toBe(8282);
    });

    it.each<[what: string, call: (client: ControlClient) => Promise<unknown>]>([
      ['an endpoint', (c) => c.endpoints.update({ id: 'nope', patch: {} })],
      ['an endpoint to remove', (c) => c.endpoints.remove({ id: 'nope' })],
      ['an endpoint to order', (c) => c.endpoints.reorder({ ids: ['main', 'nope'] })],
      ['an endpoint to check', (c) => c.endpoints.check({ id: 'nope' })],
      ['an account to check', (c) => c.endpoints.check({ id: 'main', accountId: 'a9' })],
      ['an account’s new key', (c) => c.endpoints.update({ id: 'main', patch: {}, secrets: { a9: 'k' } })],
      ['an account', (c) => c.accounts.update({ id: 'main', accountId: 'a9', patch: {} })],
      ['an account to clear', (c) => c.accounts.clear({ id: 'main', accountId: 'a9' })],
      ['an account’s endpoint', (c) => c.accounts.add({ id: 'nope', account: {} })],
      ['a client key', (c) => c.clientKeys.update({ id: 'nope', patch: {} })],
      ['a client key to rotate', (c) => c.clientKeys.rotate({ id: 'nope' })],
      ['a client key’s old secret to end', (c) => c.clientKeys.endPrevious({ id: 'nope' })],
      ['a client key to copy', (c) => c.clientKeys.copy({ id: 'nope' })],
      ['a record', (c) => c.records.get({ id: 'nope' })],
    ])('say NOT_FOUND of %s that is not there', async (_what, call) => {
      expect(await refusal(call(client))).toMatchObject({ code: 'NOT_FOUND', status: 404, defined: true });
    });

    it('tell of a wrong passphrase as of a wrong field', async () => {
      const opened = await client.vault.openFile({ passphrase: planted.passphrase });
      expect(opened.vault).toMatchObject({ kind: 'file', state: 'ready' });
      expect((await client.endpoints.list())[0]?.accounts[0]?.secret.state).toBe('ready');
      const wrong = await refusal(client.vault.openFile({ passphrase: 'not the passphrase' }));
      expect(wrong).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'passphrase' }] } });
      const short = await refusal(client.vault.openFile({ passphrase: 'short' }));
      expect(short).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'passphrase' }] } });
    });
  });

  describe('endpoints', () => {
    it('are created with an id from their name, and their keys go into the vault', async () => {
      const first = await client.endpoints.create({
        name: 'My Groq!',
        baseUrl: 'https://api.groq.com/openai/v1',
        accounts: [{ name: 'one', secret: planted.draft }, { secret: 'sk-second-0123456789' }],
      });
      expect(first).toMatchObject({ id: 'my-groq', kind: 'openai', enabled: true, health: 'ready' });
      expect(first.accounts.map(({ id, secret }) => [id, secret.source, secret.mask])).toEqual([
        ['a1', 'vault', '••Uu31'],
        ['a2', 'vault', '••6789'],
      ]);
      expect(JSON.stringify(bench.deps.config.settings)).not.toContain(planted.draft);
      const second = await client.endpoints.create({ name: 'My Groq!', baseUrl: 'https://b.test' });
      expect(second.id).toBe('my-groq-2');
      const taken = await refusal(client.endpoints.create({ id: 'my-groq', baseUrl: 'https://c.test' }));
      expect(taken).toMatchObject({ code: 'CONFLICT', status: 409, defined: true });
    });

    it('offer the demo once', async () => {
      const demo = await client.endpoints.createDemo();
      expect(demo).toMatchObject({
        id: 'demo',
        name: 'Demo (no network)',
        baseUrl: demoBaseUrl,
        isDemo: true,
        servedModels: ['demo'],
        health: 'ready',
      });
      expect((await refusal(client.endpoints.createDemo())).code).toBe('CONFLICT');
    });

    it('change field by field, and masks stand for what they hide', async () => {
      const before = (await client.endpoints.list()).find(({ id }) => id === 'main');
      if (!before) throw new Error('no endpoint');
      const { name, headers, proxy, options } = before;
      const after = await client.endpoints.update({
        id: 'main',
        patch: { name: `${name}!`, headers, proxy, options, limits: { rpm: 5 } },
      });
      expect(after).toMatchObject({ name: 'Main!', limits: { rpm: 5, rpd: 1000 }, weight: 1 });
      const inUse = bench.deps.snapshots.current.endpoints[0];
      expect(inUse?.headers.Authorization).toBe(planted.header);
      expect(inUse?.proxy).toContain(planted.proxy);
      expect(inUse?.options.apiKey).toBe(planted.option);
      expect(after.accounts[0]?.secret.state).toBe('ready');
    });

    it('lose their keys when they move to another origin, unless new ones come along', async () => {
      const moved = await client.endpoints.update({
        id: 'main',
        patch: { baseUrl: 'https://elsewhere.test/v1' },
        secrets: { a2: 'sk-brought-along-0123' },
      });
      expect(moved.accounts.map(({ secret }) => [secret.source, secret.mask])).toEqual([
        ['none', null],
        ['vault', '••0123'],
      ]);
      expect(moved.headers).toEqual({ 'X-Team': 'blue' });
    });

    it('are ordered as told, the others behind', async () => {
      const ordered = await client.endpoints.reorder({ ids: ['local', 'main'] });
      expect(ordered.map(({ id, priority }) => [id, priority])).toEqual([
        ['local', 0],
        ['main', 1],
        ['pool', 2],
      ]);
      expect(await refusal(client.endpoints.reorder({ ids: ['main', 'main'] }))).toMatchObject({
        code: 'INVALID',
        data: { issues: [{ path: 'ids' }] },
      });
    });

    it('are checked with the account named, and what the upstream quotes is masked', async () => {
      const report = await client.endpoints.check({ id: 'main', accountId: 'a2', model: 'gpt-4o' });
      expect(report.steps[0]?.detail).toContain('a2 gpt-4o refused');
      expect(secretsIn(report)).toEqual([]);
    });

    it('are tried as drafts without leaving a trace', async () => {
      const before = JSON.stringify(bench.deps.config.settings);
      const report = await client.endpoints.checkDraft({
        baseUrl: 'https://draft.test/v1/',
        accounts: [{ enabled: false, secret: 'sk-off-0123456789' }, { secret: planted.draft }],
      });
      expect(report.steps[0]?.detail).toMatch(/^https:\/\/draft\.test\/v1 a1 null refused the key ••Uu31$/);
      expect(JSON.stringify(bench.deps.config.settings)).toBe(before);
      expect(await client.endpoints.list()).toHaveLength(3);
    });

    it('learn their models from upstream, and tell the windows', async () => {
      const heard: LiveEvent[] = [];
      bench.deps.liveBus.subscribe((event) => void heard.push(event));
      expect(await client.endpoints.fetchModels({ id: 'local' })).toEqual({
        models: ['gpt-4o', 'gpt-4o-mini'],
      });
      expect(heard.map(({ name }) => name)).toContain('endpoints');
      const local = (await client.endpoints.list()).find(({ id }) => id === 'local');
      expect(local).toMatchObject({ modelsFrom: 'upstream', servedModels: ['gpt-4o', 'gpt-4o-mini'] });
      const names = (await client.models.list()).map(({ id }) => id);
      expect(names).toEqual(expect.arrayContaining(['gpt-4', 'gpt-4o', 'gpt-4o-mini']));
      const moved = await client.endpoints.update({
        id: 'local',
        patch: { baseUrl: 'http://localhost:1/v1' },
      });
      expect(moved.modelsFrom).toBe('unknown');
    });

    it('say in the upstream’s words why they could not', async () => {
      bench.probeFails(new UpstreamError(`Incorrect API key provided: ${planted.account}`, 401));
      const error = await refusal(client.endpoints.fetchModels({ id: 'main' }));
      expect(error).toMatchObject({ code: 'UNAVAILABLE', status: 503, defined: true });
      expect(error.message).toBe('Incorrect API key provided: ••8vXw');
    });

    it('are gone once removed', async () => {
      expect(await client.endpoints.remove({ id: 'main' })).toMatchObject({ ok: true });
      expect((await client.endpoints.list()).map(({ id }) => id)).toEqual(['pool', 'local']);
    });
  });

  describe('accounts', () => {
    it('keep what a patch leaves out', async () => {
      const view = await client.accounts.update({ id: 'main', accountId: 'a2', patch: { name: 'two' } });
      expect(view).toMatchObject({
        name: 'two',
        enabled: false,
        weight: 7,
        limits: { rpm: 3 },
        state: 'off',
      });
      expect(view.effectiveLimits).toMatchObject({ rpm: 3, rpd: 1000 });
      expect(view.secret).toMatchObject({ source: 'env', mask: '••Kd03' });
      const inherited = await client.accounts.update({ id: 'main', accountId: 'a2', patch: { limits: {} } });
      expect(inherited.effectiveLimits.rpm).toBe(60);
    });

    it('are added with the next id and start afresh', async () => {
      bench.health.hold('main/a3', null, { state: 'refused', until: null, reason: 'an earlier a3' });
      const added = await client.accounts.add({ id: 'main', account: { secret: planted.draft } });
      expect(added).toMatchObject({ id: 'a3', enabled: true, weight: 1, state: 'ready' });
    });

    it('are tried again when cleared, and when their key changes', async () => {
      bench.health.hold('main/a1', null, { state: 'refused', until: null, reason: 'bad key' });
      const endpoint = (await client.endpoints.list())[0];
      expect(endpoint?.health).toBe('down');
      expect(endpoint?.accounts[0]).toMatchObject({ state: 'refused', reason: 'bad key' });
      expect(await client.accounts.clear({ id: 'main', accountId: 'a1' })).toMatchObject({ state: 'ready' });
      bench.health.hold('main/a1', null, { state: 'refused', until: null, reason: 'bad key' });
      const renamed = await client.accounts.update({ id: 'main', accountId: 'a1', patch: { name: 'x' } });
      expect(renamed.state).toBe('refused');
      const patch = { secret: 'sk-brand-new-0123456789' };
      const mended = await client.accounts.update({ id: 'main', accountId: 'a1', patch });
      expect(mended).toMatchObject({ state: 'ready', secret: { mask: '••6789' } });
    });

    it('can all be removed; the endpoint then runs without', async () => {
      for (const accountId of ['a1', 'a2']) await client.accounts.remove({ id: 'main', accountId });
      const endpoint = (await client.endpoints.list())[0];
      expect(endpoint?.accounts).toMatchObject([{ id: 'none', secret: { source: 'none' } }]);
      expect((await refusal(client.accounts.remove({ id: 'main', accountId: 'none' }))).code).toBe(
        'NOT_FOUND',
      );
    });
  });

  describe('records and usage', () => {
    beforeEach(async () => {
      bench.deps.usage.add(requestRecord('good'));
      bench.deps.usage.add(
        requestRecord('bad', { status: 'failed', httpStatus: 502, time: Date.now(), endpointId: 'gone' }),
      );
      await bench.deps.usage.flush();
    });

    it('come filtered and newest first', async () => {
      const page = await client.records.list({ limit: 1 });
      expect(page.records.map(({ id }) => id)).toEqual(['bad']);
      const rest = await client.records.list({ cursor: page.nextCursor ?? '' });
      expect(rest.records.map(({ id }) => id)).toEqual(['good']);
      expect((await client.records.list({ status: 'ok', since: 5 })).records).toHaveLength(1);
      expect(await client.records.get({ id: 'good' })).toMatchObject({ clientModel: 'gpt-4', stream: true });
    });

    it('are summed under today’s names', async () => {
      const summary = await client.usage.summary({ span: '24h' });
      expect(summary.totals).toMatchObject({ requests: 2, errors: 1 });
      expect(summary.byEndpoint.map(({ key, name }) => [key, name]).sort()).toEqual([
        ['gone', 'gone'],
        ['main', 'Main'],
      ]);
      expect(summary.byClientKey[0]?.name).toBe('Default');
      const series = await client.usage.series({ span: '1h' });
      expect(series.points.reduce((sum, point) => sum + point.requests, 0)).toBe(2);
    });

    it('move live', async () => {
      bench.deps.traffic.opened();
      const minute = await client.usage.live();
      expect(minute).toHaveLength(60);
      expect((await client.gateway.status()).inFlight).toBe(1);
    });
  });

  describe('settings', () => {
    it('change section by section, field by field', async () => {
      const before = await client.settings.get();
      const after = await client.settings.update({
        routing: { strategy: 'fastest' },
        ui: { theme: 'dark' },
        usage: { modelOverrides: { o3: { inputUsdPerMTok: 2 } } },
      });
      expect(after.routing).toEqual({ ...before.routing, strategy: 'fastest' });
      expect(after.ui).toEqual({ ...before.ui, theme: 'dark' });
      expect(after.usage.modelOverrides).toEqual({ o3: { inputUsdPerMTok: 2 } });
      expect(after.server).toEqual(before.server);
      expect(await client.settings.get()).toEqual(after);
      expect(Object.keys(after)).not.toContain('endpoints');
    });

    it('hold the sites that were allowed', async () => {
      await client.settings.decideOrigin({ origin: 'https://app.example.com', allow: true });
      await client.settings.decideOrigin({ origin: 'https://app.example.com', allow: true });
      await client.settings.decideOrigin({ origin: 'https://evil.example.com', allow: false });
      expect((await client.settings.get()).server.allowedOrigins).toEqual(['https://app.example.com']);
      expect(bench.decided.map(({ allow }) => allow)).toEqual([true, true, false]);
      for (const origin of [
        '*',
        'null',
        'https://a.test/path',
        'https://a.test/',
        'https://u@a.test',
        'file://x',
      ])
        expect((await refusal(client.settings.decideOrigin({ origin, allow: true }))).code).toBe('INVALID');
    });
  });

  describe('live events', () => {
    it('arrive in order and end when the reader leaves', async () => {
      const events = await client.live.events();
      await until('the subscription', () => bench.deps.liveBus.subscribers === 1);
      bench.deps.liveBus.publish({ name: 'endpoints' });
      bench.deps.liveBus.publish({ name: 'records', records: [requestRecord('live')] });
      const got: LiveEvent[] = [];
      for await (const event of events) {
        got.push(event);
        if (got.length === 2) break;
      }
      expect(got.map(({ name }) => name)).toEqual(['endpoints', 'records']);
      expect(got[1]).toMatchObject({ records: [{ id: 'live', tokens: { input: 10 } }] });
      await until('the end of the subscription', () => bench.deps.liveBus.subscribers === 0);
    });

    it('end when the reader aborts while it waits', async () => {
      const abort = new AbortController();
      const events = await client.live.events(undefined, { signal: abort.signal });
      await until('the subscription', () => bench.deps.liveBus.subscribers === 1);
      const waiting = safe(Promise.resolve(events.next()));
      abort.abort();
      const ended = await waiting;
      expect(ended.error !== null || ended.data?.done).toBe(true);
      await until('the end of the subscription', () => bench.deps.liveBus.subscribers === 0);
    });

    it('carry a second of traffic each second, silent ones too', async () => {
      const events = await client.live.events();
      const seconds: number[] = [];
      for await (const event of events) {
        if (event.name === 'traffic') seconds.push(event.second.time);
        if (seconds.length === 2) break;
      }
      expect((seconds[1] ?? 0) - (seconds[0] ?? 0)).toBe(1000);
    });

    it('reach several readers, each to its own end', async () => {
      const streams = await Promise.all([client.live.events(), client.live.events(), client.live.events()]);
      await until('the subscriptions', () => bench.deps.liveBus.subscribers === 3);
      await streams[0]?.return?.();
      await until('the end of one', () => bench.deps.liveBus.subscribers === 2);
      bench.deps.liveBus.publish({ name: 'status' });
      const heard = await Promise.all(streams.slice(1).map((stream) => stream.next()));
      expect(heard.map(({ value }) => value)).toEqual([{ name: 'status' }, { name: 'status' }]);
      await Promise.all(streams.slice(1).map((stream) => stream.return?.()));
      await until('the end of all', () => bench.deps.liveBus.subscribers === 0);
    });
  });
});

describe.each(carriers.slice(1))('a carrier %s that is closed', (_name, open) => {
  it('ends the streams it carried', async () => {
    const bench = await createControlBench();
    const carrier = await open(bench);
    const events = await carrier.client.live.events();
    await until('the subscription', () => bench.deps.liveBus.subscribers === 1);
    const waiting = safe(Promise.resolve(events.next()));
    await carrier.close();
    await until('the end of the subscription', () => bench.deps.liveBus.subscribers === 0);
    const ended = await waiting;
    expect(ended.error !== null || ended.data?.done).toBe(true);
    await bench.close();
  });
});

describe.each(carriers)('a locked keychain %s', (_name, open) => {
  it('shows what is locked, says so where a secret is needed, and opens without a restart', async () => {
    const keychain = createKeychain();
    const first = await createControlBench({ keychain });
    await first.close('keep');
    keychain.lock(true);
    const bench = await createControlBench({ keychain, dataDir: first.dataDir });
    const carrier = await open(bench);
    const { client } = carrier;
    expect((await client.gateway.status()).vault.state).toBe('locked');
    const locked = (await client.endpoints.list())[0]?.accounts[0];
    expect(locked).toMatchObject({
      state: 'locked',
      secret: { source: 'vault', mask: null, state: 'locked' },
    });
    const calls = [
      client.endpoints.check({ id: 'pool' }),
      client.endpoints.fetchModels({ id: 'pool' }),
      client.clientKeys.claim({ id: 'fresh' }),
      client.clientKeys.copy({ id: 'default' }),
    ];
    for (const call of calls) {
      const error = await refusal(call);
      expect(error).toMatchObject({ code: 'VAULT_LOCKED', status: 423, defined: true });
      expect(error.message).toContain('Unlock it');
    }
    keychain.lock(false);
    expect((await client.vault.retry()).vault.state).toBe('ready');
    expect((await client.endpoints.list())[0]?.accounts[0]).toMatchObject({ state: 'ready' });
    expect(await client.clientKeys.claim({ id: 'fresh' })).toMatchObject({ secret: planted.unseenKey });
    await carrier.close();
    await bench.close();
  });
});

it('a key from the environment is shown, masked, and can only be changed there', async () => {
  const bench = await createControlBench({ clientKey: 'sluice-from-the-environment-Wd12' });
  const { client } = inProcess(bench);
  const key = (await client.clientKeys.list()).find(({ secret }) => secret.source === 'env');
  expect(key).toMatchObject({ enabled: true, unseen: false, secret: { mask: '••Wd12', state: 'ready' } });
  const id = key?.id ?? '';
  const calls = [
    client.clientKeys.update({ id, patch: { enabled: false } }),
    client.clientKeys.rotate({ id }),
    client.clientKeys.endPrevious({ id }),
    client.clientKeys.remove({ id }),
    client.clientKeys.claim({ id }),
  ];
  for (const call of calls) {
    const error = await refusal(call);
    expect(error.code).toBe('CONFLICT');
    expect(error.message).toContain('SLUICE_CLIENT_KEY');
  }
  // Its id stays its own, also while the variable is not set.
  expect((await client.clientKeys.create({ name: id })).key.id).toBe(`${id}-2`);
  await bench.close();
});

it('a headless program has no clipboard', async () => {
  const bench = await createControlBench({ shell: 'headless' });
  const { client } = inProcess(bench);
  expect(await refusal(client.clientKeys.copy({ id: 'default' }))).toMatchObject({ code: 'UNAVAILABLE' });
  await bench.close();
});
