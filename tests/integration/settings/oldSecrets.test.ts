// Replaced secrets of client keys: where they lie, and when they are forgotten.
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../main/base/log.ts';
import { createRedactor } from '../../../main/base/redact.ts';
import { createGraceEnds } from '../../../main/control/graceEnds.ts';
import { exportSettings } from '../../../main/control/transfer/exportSettings.ts';
import { readOwnSettings } from '../../../main/control/transfer/formats/ownSettings.ts';
import { secretHash } from '../../../main/registry/compileSnapshot.ts';
import { filesHolding } from '../../unit/store/tempDir.ts';
import { cleanUp, type SettingsBench, startSettings } from './settingsBench.ts';

afterEach(async () => {
  vi.useRealTimers();
  await cleanUp((folder) => expect(filesHolding(folder, ['planted'])).toEqual([]));
});

const until = '2026-06-15T13:00:00Z';
const end = Date.parse(until);
const key = { id: 'k', secret: 'planted-new', previous: { secret: 'planted-old', until } };

function watchOver(bench: SettingsBench, now: () => number) {
  const log = createLog({ level: 'debug', sink: () => {}, redactor: createRedactor(), now });
  return createGraceEnds({ ...bench, clock: { now }, log });
}

test('written by hand it is moved into the vault, redacted, and taken out with its line', async () => {
  const bench = await startSettings({ settings: { clientKeys: [key] } });
  const { config, keychain, onDisk, redactor } = bench;
  expect(onDisk().clientKeys).toMatchObject([
    { secret: { vault: 'clientKey/k' }, previous: { secret: { vault: 'clientKey/k/previous' }, until } },
  ]);
  expect(keychain.entries.get('clientKey/k/previous')).toBe('planted-old');
  expect(redactor.redact('came with planted-old')).not.toContain('planted-old');
  const { clientKeyByHash, clientKeyByOldHash } = config.snapshots.current;
  expect(clientKeyByOldHash.get(secretHash('planted-old'))?.id).toBe('k');
  expect(clientKeyByHash.has(secretHash('planted-old'))).toBe(false);
  bench.editByHand({ clientKeys: [{ id: 'k', secret: { vault: 'clientKey/k' } }] });
  await config.reload();
  expect([...keychain.entries.keys()]).not.toContain('clientKey/k/previous');
  expect(config.snapshots.current.clientKeyByOldHash.size).toBe(0);
});

test('a moment that is none is refused with its place, and nothing changes', async () => {
  const bench = await startSettings({ settings: { clientKeys: [key] } });
  bench.editByHand({ clientKeys: [{ ...key, previous: { secret: 'x', until: 'tomorrow' } }] });
  await bench.config.reload();
  expect(bench.problems.list()).toMatchObject([
    { code: 'settings-invalid', details: { field: 'clientKeys[0].previous.until' } },
  ]);
  expect(bench.config.snapshots.current.clientKeyByOldHash.size).toBe(1);
  await bench.config.edit(() => {});
});

test('it leaves the vault when its time is over, and only then', async () => {
  const bench = await startSettings({ settings: { clientKeys: [key] } });
  const { config, keychain, onDisk } = bench;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = end - 60_001;
  const ends = watchOver(bench, () => now);
  now = end - 1;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(config.settings.clientKeys[0]).toHaveProperty('previous');
  now = end;
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await vi.waitFor(() => expect([...keychain.entries.keys()]).toEqual(['clientKey/k']));
  expect(onDisk().clientKeys?.[0]).not.toHaveProperty('previous');
  ends.close();
});

test('it leaves the vault at the next start where its time went by without us', async () => {
  const first = await startSettings({ settings: { clientKeys: [key] } });
  await first.stop();
  const { dataDir, keychain } = first;
  const second = await startSettings({ dataDir, keychain });
  expect(keychain.entries.get('clientKey/k/previous')).toBe('planted-old');
  const ends = watchOver(second, () => end + 1);
  await vi.waitFor(() => expect([...keychain.entries.keys()]).toEqual(['clientKey/k']));
  expect(second.onDisk().clientKeys?.[0]).not.toHaveProperty('previous');
  ends.close();
});

test('a file that somebody is at work in is not written over for it', async () => {
  const bench = await startSettings({ settings: { clientKeys: [key] } });
  const half = '{ "clientKeys": [ { "id": "k", ';
  bench.editByHand(half);
  await bench.config.reload();
  const edit = vi.spyOn(bench.config, 'edit');
  const ends = watchOver(bench, () => end + 1);
  expect(edit).not.toHaveBeenCalled();
  bench.editByHand({
    clientKeys: [
      {
        ...key,
        secret: { vault: 'clientKey/k' },
        previous: { secret: { vault: 'clientKey/k/previous' }, until },
      },
    ],
  });
  await bench.config.reload();
  await vi.waitFor(() => expect([...bench.keychain.entries.keys()]).toEqual(['clientKey/k']));
  ends.close();
});

test('it goes with a sealed export, and a reference to the vault of elsewhere does not come in', async () => {
  const bench = await startSettings({ settings: { clientKeys: [key] } });
  const { settings } = bench.config;
  expect(await exportSettings(settings, { passphrase: null, vault: bench.vault })).not.toContain('previous');
  const cost = { N: 1024, r: 8, p: 1 };
  const sealed = await exportSettings(settings, { passphrase: 'a passphrase', vault: bench.vault, cost });
  expect(sealed).not.toContain('planted');
  const incoming = readOwnSettings({ endpoints: [], clientKeys: [key] });
  expect(incoming.clientKeys[0]?.previous?.secret).toBe('planted-old');
  const foreign = { ...key, previous: { secret: { vault: 'account/openai/a1' }, until } };
  expect(readOwnSettings({ endpoints: [], clientKeys: [foreign] }).clientKeys[0]).not.toHaveProperty(
    'previous',
  );
});
