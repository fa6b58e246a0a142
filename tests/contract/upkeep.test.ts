// Files in and out, the log, the records as a whole and the vault's moves, over every carrier.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safe } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import type { LogTail } from '../../main/contract/schemas/log.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, planted, requestRecord } from './controlBench.ts';

const apis = (...list: object[]): string => JSON.stringify({ apis: list });
const backup = { name: 'Backup', baseUrl: 'https://backup.test', apiKey: planted.draft, models: ['m'] };

describe.each(carriers)('the upkeep %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it('imports as one change, knows its own keys, and takes it back whole', async () => {
    const before = await client.endpoints.list();
    const text = apis(backup, { name: 'Main', baseUrl: 'https://api.main.test', apiKey: planted.account });
    const plan = await client.transfer.plan({ text });
    expect(plan.endpoints.map(({ proposed }) => proposed)).toEqual(['add', 'skip']);
    expect(await client.endpoints.list()).toEqual(before);

    expect(await client.transfer.apply({ text })).toMatchObject({ added: 1, merged: 0 });
    const after = await client.endpoints.list();
    expect(after.find(({ id }) => id === 'backup')?.accounts[0]?.secret).toMatchObject({ state: 'ready' });
    expect(existsSync(join(bench.dataDir, 'settings.json.before-import.bak'))).toBe(true);

    await client.transfer.undo();
    expect((await client.endpoints.list()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await safe(client.transfer.undo())).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('does not take an import back over what was changed since', async () => {
    await client.transfer.apply({ text: apis(backup) });
    await client.settings.update({ routing: { maxAttempts: 9 } });
    expect(await safe(client.transfer.undo())).toMatchObject({ error: { code: 'CONFLICT' } });
    expect((await client.settings.get()).routing.maxAttempts).toBe(9);
  });

  it('exports what another machine can take, and nothing secret with it', async () => {
    const { text, fileName } = await client.transfer.export({});
    expect(fileName).toMatch(/^sluice-\d{4}-\d\d-\d\d\.json$/);
    for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
    const plan = await client.transfer.plan({ text });
    expect(plan.source).toBe('sluice');
    expect(plan.endpoints.every(({ proposed }) => proposed === 'skip')).toBe(true);
  });

  it('refuses what it can not read, at its field', async () => {
    const { error } = await safe(client.transfer.plan({ text: '{"a": ' }));
    expect(error).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'text' }] } });
  });

  it('tells the log as it is written', async () => {
    bench.deps.platform.log.file?.sink({ time: 1, level: 'warn', message: 'first' });
    const tail = await client.logs.tail();
    const next = async () => ((await tail.next()).value as LogTail).lines;
    expect((await next()).at(-1)).toMatchObject({ level: 'warn', text: 'first' });
    bench.deps.platform.log.file?.sink({ time: 2, level: 'info', message: 'second' });
    expect(await next()).toMatchObject([{ text: 'second' }]);
    await tail.return?.();
  });

  it('counts the records, and deletes them all', async () => {
    for (const id of ['r1', 'r2']) bench.deps.usage.add(requestRecord(id));
    await bench.deps.usage.flush();
    expect(await client.usage.store()).toMatchObject({ records: 2 });
    const heard: string[] = [];
    bench.deps.liveBus.subscribe(({ name }) => void heard.push(name));
    expect(await client.usage.clear()).toMatchObject({ records: 0, oldest: null });
    expect(heard).toContain('usage');
    expect((await client.records.list({})).records).toEqual([]);
    expect((await client.usage.summary({ span: '24h' })).totals.requests).toBe(0);
  });

  it('keeps the password of the proxy where its mask comes back', async () => {
    const proxy = `http://me:${planted.proxy}@127.0.0.1:7`;
    const { network } = await client.settings.update({ network: { proxy } });
    expect(network.proxy).toBe('http://me:••@127.0.0.1:7');
    await client.settings.update({ network: { proxy: network.proxy } });
    expect(bench.deps.snapshots.current.networkProxy).toBe(proxy);
  });

  it('refuses hosts and sites that are none, each at its place', async () => {
    const wrong = { allowedHosts: ['good.lan', 'not a host'] };
    const { error } = await safe(client.settings.update({ server: wrong }));
    expect(error).toMatchObject({ data: { issues: [{ path: 'server.allowedHosts[1]' }] } });
    const { server } = await client.settings.update({ server: { allowedHosts: ['Good.LAN', 'good.lan'] } });
    expect(server.allowedHosts).toEqual(['good.lan']);
  });

  it('moves keys into the file, changes its passphrase, and moves them back into the keychain', async () => {
    const file = join(bench.dataDir, 'vault.json');
    expect((await client.vault.openFile({ passphrase: 'first passphrase' })).vault.kind).toBe('file');
    const sealed = readFileSync(file, 'utf8');
    const wrong = await safe(client.vault.changePassphrase({ current: 'guess', next: 'second passphrase' }));
    expect(wrong.error).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'current' }] } });
    expect(readFileSync(file, 'utf8')).toBe(sealed);
    await client.vault.changePassphrase({ current: 'first passphrase', next: 'second passphrase' });
    const again = { current: 'first passphrase', next: 'third passphrase' };
    expect((await safe(client.vault.changePassphrase(again))).error).toMatchObject({ code: 'INVALID' });

    expect((await client.vault.useKeychain()).vault).toMatchObject({ kind: 'keychain', state: 'ready' });
    expect(existsSync(file)).toBe(false);
    const main = (await client.endpoints.list()).find(({ id }) => id === 'main');
    expect(main?.accounts[0]?.secret.state).toBe('ready');
  });
});
