// Tokens outlast the process in the vault, end with their account, and stand nowhere else; nor do passwords.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { openFileVault } from '../../../main/store/fileVault.ts';
import { exampleEndpoint } from '../../fakes/ondemand/exampleEndpoint.ts';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';
import { model } from './bench.ts';

const passphrase = 'planted-passphrase';
let emulator: OndemandEmulator;
let dataDir: string;
/** Everything that was logged or answered in any run. */
const told: string[] = [];

beforeAll(async () => {
  emulator = await createOndemandEmulator();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-ondemand-'));
});
afterAll(async () => {
  await emulator?.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function run(work: (gateway: TestCore) => Promise<void>, first = false): Promise<void> {
  const settings: SettingsInput = {
    endpoints: [exampleEndpoint({ ...emulator, origin: emulator.origin, keys: [] })],
    routing: { strategy: 'round-robin' },
  };
  const gateway = await createTestCore({
    dataDir,
    platform: { vault: { choice: 'file', passphrase } },
    ...(first ? { settings } : {}),
  });
  try {
    await work(gateway);
  } finally {
    told.push(...gateway.logs.map((entry) => JSON.stringify(entry)));
    await gateway.close();
  }
}

async function ask(gateway: TestCore, text: string): Promise<number> {
  const body = { model, messages: [{ role: 'user', content: text }] };
  const response = await gateway.post('/v1/chat/completions', body);
  told.push(JSON.stringify([...response.headers]), await response.text());
  return response.status;
}

async function askAll(gateway: TestCore): Promise<void> {
  for (let at = 0; at < 6; at++) expect(await ask(gateway, `Hello ${at}`)).toBe(200);
  told.push(
    JSON.stringify(await gateway.records()),
    JSON.stringify(await gateway.control.endpoints.list()),
    JSON.stringify(await gateway.control.endpoints.check({ id: 'ondemand' })),
  );
}

const signIns = (): number => emulator.journal.of({ route: 'signin' }).length;

async function inVault(ref: string): Promise<string | null> {
  const vault = await openFileVault({ dataDir, passphrase, now: Date.now });
  return vault.get(ref);
}

it('tokens are used again after a restart', async () => {
  await run(askAll, true);
  // Each login once for its first call, and once for the test of the endpoint.
  expect(signIns()).toBe(3);
  expect(await inVault('ondemand-session/ondemand/login-1')).toContain('"access"');
  await run(async (gateway) => {
    for (let at = 0; at < 6; at++) expect(await ask(gateway, `Hi ${at}`)).toBe(200);
  });
  expect(signIns()).toBe(3);
});

it('another password makes another login, whose tokens are not the old ones', async () => {
  await run(async (gateway) => {
    await gateway.control.accounts.update({
      id: 'ondemand',
      accountId: 'login-1',
      patch: { secret: 'a-wrong-password' },
    });
    await gateway.control.accounts.update({
      id: 'ondemand',
      accountId: 'login-2',
      patch: { enabled: false },
    });
    expect(await ask(gateway, 'Hello')).toBe(502);
    expect(told.at(-1)).toContain('the e-mail or the password is wrong');
    const password = emulator.logins[0]?.password as string;
    await gateway.control.accounts.update({
      id: 'ondemand',
      accountId: 'login-1',
      patch: { secret: password },
    });
    expect(await ask(gateway, 'Hello')).toBe(200);
  });
});

it('tokens leave the vault with their account', async () => {
  expect(await inVault('ondemand-session/ondemand/login-2')).not.toBeNull();
  await run(async (gateway) => {
    await gateway.control.accounts.remove({ id: 'ondemand', accountId: 'login-2' });
    await eventually(
      () => inVault('ondemand-session/ondemand/login-2'),
      (text) => text === null,
    );
  });
  expect(await inVault('ondemand-session/ondemand/login-1')).not.toBeNull();
});

it('no password, token or pair of both is in any file, log entry or answer', async () => {
  await run(async (gateway) => {
    emulator.expireTokens();
    emulator.script('refresh-refused', '500-empty');
    await askAll(gateway);
  });
  const files = fs
    .readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
  expect(files.length).toBeGreaterThan(2);
  const pairs = emulator.logins.map(({ email, password }) => `${email}:${password}`);
  const keysApart = emulator.secrets.filter((secret) => !emulator.keys.includes(secret));
  expect(keysApart.length).toBeGreaterThan(6);
  for (const secret of [...keysApart, ...pairs])
    for (const spelling of [secret, Buffer.from(secret).toString('base64')])
      for (const text of [...files, ...told]) expect(text.includes(spelling)).toBe(false);
});
