import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretHash } from '../../../main/registry/compileSnapshot.ts';
import { forkChild, type StartChild } from '../../../main/store/childProcess.ts';
import { createKeytarVault, type Keychain } from '../../../main/store/keytarVault.ts';
import { VaultError } from '../../../main/store/vault.ts';
import { createVaultHolder } from '../../../main/store/vaultHolder.ts';
import { filesHolding, tempDir } from '../../unit/store/tempDir.ts';
import { testLog } from '../../unit/store/testLog.ts';
import { cleanUp, startSettings, until } from '../settings/settingsBench.ts';
import { type KeyringSession, missingForKeyring, startBus, startKeyringSession } from './keyringSession.ts';

const missing = missingForKeyring();
const limitMs = 5_000;

const keychains: Keychain[] = [];
function keychainIn(environment: Record<string, string>, startChild?: StartChild): Keychain {
  const keychain = createKeytarVault({
    environment,
    monotonic: () => performance.now(),
    ...(startChild ? { startChild } : {}),
  });
  keychains.push(keychain);
  return keychain;
}

/** What became of a call, which must be there within the limit. */
async function outcome(work: Promise<unknown>): Promise<unknown> {
  const start = performance.now();
  const result = await work.catch((error: unknown) =>
    error instanceof VaultError ? error.reason : Promise.reject(error),
  );
  expect(performance.now() - start).toBeLessThan(limitMs);
  return result;
}

afterEach(async () => {
  for (const keychain of keychains.splice(0)) keychain.close();
  await cleanUp(() => {});
});

describe.skipIf(missing !== null)(`the real gnome-keyring (${missing ?? 'present'})`, () => {
  let session: KeyringSession;
  beforeEach(async () => {
    session = await startKeyringSession();
  });
  afterEach(() => session.close());

  test('keeps, changes and forgets secrets, over processes and restarts of the keyring', async () => {
    await session.startOpen();
    const keychain = keychainIn(session.environment);
    await keychain.probe();
    expect(await keychain.get('account/o/a')).toBeNull();
    await keychain.set('account/o/a', 'planted-one');
    await keychain.set('account/o/a', 'planted-zwei-é🔑');
    await keychain.set('clientKey/x', 'planted-x');
    expect(await outcome(keychain.get('account/o/a'))).toBe('planted-zwei-é🔑');
    await keychain.delete('clientKey/x');
    await keychain.delete('never there');
    expect(await keychain.get('clientKey/x')).toBeNull();
    await session.stopDaemon();
    await session.startOpen();
    expect(await keychainIn(session.environment).get('account/o/a')).toBe('planted-zwei-é🔑');
    expect(filesHolding(session.folder, ['planted'])).toEqual([]);
  });

  test('calls made at once are answered one after the other, a hundred accounts within seconds', async () => {
    await session.startOpen();
    const keychain = keychainIn(session.environment);
    const refs = Array.from({ length: 100 }, (_, index) => `account/o/${index}`);
    for (let at = 0; at < refs.length; at += 20)
      await Promise.all(refs.slice(at, at + 20).map((ref) => keychain.set(ref, `secret of ${ref}`)));
    for (let at = 0; at < refs.length; at += 20) {
      const secrets = await Promise.all(refs.slice(at, at + 20).map((ref) => keychain.get(ref)));
      expect(secrets).toEqual(refs.slice(at, at + 20).map((ref) => `secret of ${ref}`));
    }
  });

  test('locked: every call says so at once, never "not there"; unlocked, everything is there', async () => {
    await session.startOpen();
    const keychain = keychainIn(session.environment);
    await keychain.set('a', 'one');
    await session.lock();
    // Within the second in which it counted as open, too.
    expect(await outcome(keychain.get('a'))).toBe('locked');
    expect(await outcome(keychain.get('never there'))).toBe('locked');
    expect(await outcome(keychain.set('a', 'two'))).toBe('locked');
    expect(await outcome(keychain.delete('a'))).toBe('locked');
    expect(await outcome(keychain.probe())).toBe('locked');
    await session.stopDaemon();
    await session.startOpen();
    expect(await outcome(keychain.probe())).toBeUndefined();
    expect(await outcome(keychain.get('a'))).toBe('one');
  });

  test('a keyring that hangs or dies is a state, and comes back', async () => {
    await session.startOpen();
    const keychain = keychainIn(session.environment);
    await keychain.set('a', 'one');
    process.kill(session.pid, 'SIGSTOP');
    for (const call of [() => keychain.get('a'), () => keychain.set('a', 'x'), () => keychain.probe()])
      expect(await outcome(call())).toBe('locked');
    await session.stopDaemon();
    for (const call of [() => keychain.get('a'), () => keychain.set('a', 'x'), () => keychain.probe()])
      expect(await outcome(call())).toBe('unavailable');
    await session.startOpen();
    await keychain.probe();
    expect(await outcome(keychain.get('a'))).toBe('one');
  });

  test('the keychain process may be killed at any time', async () => {
    await session.startOpen();
    const started: { kill(): void }[] = [];
    const keychain = keychainIn(session.environment, (file, environment) => {
      const child = forkChild(file, environment);
      started.push(child);
      return child;
    });
    await keychain.set('a', 'one');
    started[0]?.kill();
    expect(await outcome(keychain.get('a'))).toBe('one');
    const call = keychain.set('a', 'two');
    started.at(-1)?.kill();
    expect(await outcome(call)).toBeUndefined();
    expect(await outcome(keychain.get('a'))).toBe('two');
  });

  test('a gateway that starts with a locked keyring is up, shows it, and recovers', async () => {
    await session.startOpen();
    const dataDir = tempDir();
    const make = async () => {
      const { log } = testLog();
      const options = { shell: 'headless' as const, choice: 'auto' as const, passphrase: null, dataDir, log };
      const vault = await createVaultHolder({
        ...options,
        keychain: keychainIn(session.environment),
        now: Date.now,
      });
      return vault;
    };
    const first = await make();
    expect(first.status()).toEqual({ kind: 'keychain', state: 'ready', reason: null });
    await first.set('account/o/a', 'planted-locked');
    first.close();
    await session.lock();
    const second = (await outcome(make())) as Awaited<ReturnType<typeof make>>;
    expect(second.status()).toMatchObject({ kind: 'keychain', state: 'locked' });
    expect(await outcome(second.get('account/o/a'))).toBe('locked');
    // Nobody is there whom the keyring could ask.
    await outcome(second.retry());
    expect(second.status().state).toBe('locked');
    await session.stopDaemon();
    await session.startOpen();
    await outcome(second.retry());
    expect(second.status().state).toBe('ready');
    expect(await outcome(second.get('account/o/a'))).toBe('planted-locked');
    second.close();
    expect(filesHolding(dataDir, ['planted'])).toEqual([]);
  });

  test('settings over the real keyring: moved, locked at a start, back by itself', async () => {
    await session.startOpen();
    const settings = {
      clientKeys: [{ id: 'mine', secret: 'planted-client-key' }],
      endpoints: [{ id: 'o', baseUrl: 'http://x', accounts: [{ id: 'a', secret: 'planted-account' }] }],
    };
    const vault = () => ({ keychain: keychainIn(session.environment) });
    const first = await startSettings({ settings, vault: vault() });
    expect(filesHolding(first.dataDir, ['planted'])).toEqual([]);
    await first.stop();
    await session.lock();
    const second = await startSettings({ dataDir: first.dataDir, vault: vault() });
    expect(second.problems.list()).toMatchObject([{ code: 'vault-locked' }]);
    expect(second.config.snapshots.current.endpoints[0]?.accounts[0]?.credential.state).toBe('locked');
    await session.stopDaemon();
    await session.startOpen();
    // Without a word from anyone: it is looked after every few seconds.
    await until(() => second.problems.list().length === 0, 15_000);
    expect(second.config.snapshots.current.clientKeyByHash.has(secretHash('planted-client-key'))).toBe(true);
  });
});

describe.skipIf(missing !== null)(`no keyring at all (${missing ?? 'present'})`, () => {
  test('no bus, a disabled one, a dead one, one without a keyring: unavailable in two seconds', async () => {
    const bus = await startBus();
    const environments = [
      {},
      { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
      { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' },
      bus.environment,
    ];
    try {
      for (const environment of environments) {
        const keychain = keychainIn({ PATH: process.env.PATH ?? '', ...environment });
        const start = performance.now();
        expect(await outcome(keychain.probe())).toBe('unavailable');
        expect(await outcome(keychain.get('a'))).toBe('unavailable');
        expect(performance.now() - start).toBeLessThan(2_000);
      }
    } finally {
      await bus.close();
    }
  });
});
