// A client key's secret is replaced: clients with the old one go on until its time is over.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';

const hourMs = 3_600_000;
const passphrase = 'a passphrase for tests';

let upstream: FakeUpstream;
let dataDir: string;
let gateway: TestCore;
/** Added to the real time. */
let later = 0;

const open = () =>
  createTestCore({
    dataDir,
    ...(fs.existsSync(path.join(dataDir, 'settings.json'))
      ? {}
      : { settings: { endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'] }] } }),
    platform: {
      vault: { choice: 'file', passphrase },
      clock: { now: () => Date.now() + later, monotonic: () => performance.now() },
    },
  });

beforeAll(async () => {
  upstream = await createFakeUpstream();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-old-secret-'));
  gateway = await open();
});
afterAll(async () => {
  await gateway?.close();
  await upstream?.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** The status of one request, and the code of its error. */
async function ask(secret: string, userAgent = 'test/1'): Promise<string> {
  const headers = { authorization: `Bearer ${secret}`, 'user-agent': userAgent };
  const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] };
  const response = await gateway.post('/v1/chat/completions', body, { headers });
  const { error } = (await response.json()) as { error?: { code: string } };
  return error ? `${response.status} ${error.code}` : String(response.status);
}

const keyOf = async (id: string) => (await gateway.control.clientKeys.list()).find((key) => key.id === id);

it('the old secret works, tells who uses it, and ends with its time, also over a restart', async () => {
  const { key, secret: first } = await gateway.control.clientKeys.create({ name: 'Laptop' });
  const { secret: second } = await gateway.control.clientKeys.rotate({ id: key.id, graceMinutes: 60 });
  expect(await ask(first, 'CherryStudio/1.5')).toBe('200');
  expect(await ask(second, 'curl/8')).toBe('200');
  expect((await gateway.get('/v1/models', { headers: { authorization: `Bearer ${first}` } })).status).toBe(
    200,
  );
  await gateway.core.flush();
  expect((await keyOf(key.id))?.previous?.agents.map(({ userAgent }) => userAgent)).toEqual([
    'CherryStudio/1.5',
  ]);

  await gateway.close();
  gateway = await open();
  expect(await ask(first, 'CherryStudio/1.5')).toBe('200');
  expect((await keyOf(key.id))?.previous?.agents).toHaveLength(1);

  // Whoever is still in the vault: the clock decides.
  later = hourMs + 1;
  expect(await ask(first)).toBe('401 invalid_api_key');
  expect(await ask(second)).toBe('200');
  expect((await keyOf(key.id))?.previous).toBeNull();

  await gateway.close();
  gateway = await open();
  const settings = () => fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8');
  await eventually(settings, (text) => !text.includes('"previous"'));
  later = 0;
  expect(await ask(first)).toBe('401 invalid_api_key');
  expect(await ask(second)).toBe('200');
});

it('the old secret is under the key’s switch, models and limits', async () => {
  const { key, secret } = await gateway.control.clientKeys.create({
    name: 'Bound',
    models: ['*', '!gpt-4o'],
  });
  await gateway.control.clientKeys.rotate({ id: key.id, graceMinutes: 60 });
  expect(await ask(secret)).toBe('403 model_not_allowed');
  await gateway.control.clientKeys.update({ id: key.id, patch: { models: ['*'], limits: { rpm: 0 } } });
  expect(await ask(secret)).toBe('429 rate_limit_exceeded');
  await gateway.control.clientKeys.update({ id: key.id, patch: { enabled: false } });
  expect(await ask(secret)).toBe('403 client_key_disabled');
});

it('the old secret ends at once where that is asked for, then or later, and with its key', async () => {
  const { clientKeys } = gateway.control;
  const { key, secret: first } = await clientKeys.create({ name: 'Leaked' });
  const { secret: second } = await clientKeys.rotate({ id: key.id });
  expect(await ask(first)).toBe('401 invalid_api_key');
  await clientKeys.rotate({ id: key.id, graceMinutes: 60 });
  expect(await ask(second)).toBe('200');
  await clientKeys.endPrevious({ id: key.id });
  expect(await ask(second)).toBe('401 invalid_api_key');
  const { secret: fourth } = await clientKeys.rotate({ id: key.id, graceMinutes: 60 });
  const { undo } = await clientKeys.remove({ id: key.id });
  expect(await ask(fourth)).toBe('401 invalid_api_key');
  await gateway.control.removed.restore({ undo });
  expect(await ask(fourth)).toBe('200');
});
