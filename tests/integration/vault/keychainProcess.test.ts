import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { forkChild } from '../../../main/store/childProcess.ts';
import { createKeytarVault, type Keychain } from '../../../main/store/keytarVault.ts';
import { VaultError } from '../../../main/store/vault.ts';
import { tempDir } from '../../unit/store/tempDir.ts';

const hook = fileURLToPath(new URL('./hangingKeytar.cjs', import.meta.url));
const keychains: Keychain[] = [];

afterEach(() => {
  for (const keychain of keychains.splice(0)) keychain.close();
});

function environmentWithPipe(): Record<string, string> {
  const pipe = path.join(tempDir(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  return {
    PATH: process.env.PATH ?? '',
    NODE_OPTIONS: `--require=${hook}`,
    SLOW_PIPE: pipe,
    KEYTAR_ERROR: 'Cannot create an item in a locked collection',
  };
}

/** As on macOS: there is no service that could be asked beforehand. */
function hangingKeychain(environment: Record<string, string>, started: string[] = []): Keychain {
  const keychain = createKeytarVault({
    platform: 'darwin',
    environment,
    monotonic: () => performance.now(),
    startChild: (file, childEnvironment) => {
      started.push(JSON.stringify(childEnvironment));
      return forkChild(file, childEnvironment);
    },
  });
  keychains.push(keychain);
  return keychain;
}

async function refusal(work: Promise<unknown>): Promise<{ reason: string; ms: number }> {
  const start = performance.now();
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VaultError)) throw new Error(`no VaultError: ${String(error)}`);
  return { reason: error.reason, ms: performance.now() - start };
}

describe.skipIf(process.platform === 'win32')("the keychain's own process (named pipes are POSIX)", () => {
  test('a call that waits for the user is given up in time, the rest at once, and the answer still counts', async () => {
    const environment = environmentWithPipe();
    const keychain = hangingKeychain(environment);
    expect(await keychain.get('a')).toBe('quick a');
    const slow = refusal(keychain.get('slow'));
    const behind = refusal(keychain.get('a'));
    expect((await slow).reason).toBe('locked');
    expect((await slow).ms).toBeLessThan(5_000);
    expect((await behind).ms).toBeLessThan(5_000);
    expect((await refusal(keychain.get('a'))).ms).toBeLessThan(50);
    const recovered = new Promise<void>((resolve) => keychain.onRecovered(resolve));
    fs.writeFileSync(environment.SLOW_PIPE ?? '', 'typed at last');
    await recovered;
    expect(await keychain.get('a')).toBe('quick a');
  });

  test('asking again takes the prompt away and starts over', async () => {
    const started: string[] = [];
    const keychain = hangingKeychain(environmentWithPipe(), started);
    await refusal(keychain.get('slow'));
    expect(started).toHaveLength(1);
    await keychain.probe();
    expect(started).toHaveLength(2);
    expect(await keychain.get('a')).toBe('quick a');
  });

  test('a keychain library that crashes takes nothing along', async () => {
    const keychain = hangingKeychain(environmentWithPipe());
    expect((await refusal(keychain.get('crash'))).reason).toBe('unavailable');
    expect(await keychain.get('a')).toBe('quick a');
  });

  test("the library's own words tell locked from missing, and hold no secret", async () => {
    const environment = environmentWithPipe();
    expect((await refusal(hangingKeychain(environment).set('a', 'planted'))).reason).toBe('locked');
    const other = hangingKeychain({ ...environment, KEYTAR_ERROR: 'no such interface' });
    const error = await other.set('a', 'planted').catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('no such interface');
    expect(String(error)).not.toContain('planted');
    expect((error as VaultError).reason).toBe('unavailable');
  });

  test('a program can end while its keychain hangs, and leaves no process behind', async () => {
    const environment = environmentWithPipe();
    const script = fileURLToPath(new URL('./hangingExit.ts', import.meta.url));
    const child = spawn(process.execPath, [script], { env: environment, stdio: 'ignore' });
    const start = performance.now();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - start).toBeLessThan(4_000);
    // The pipe has no reader any more: opening it for writing would wait for one, so it says so instead.
    const reader = (): boolean => {
      try {
        fs.closeSync(
          fs.openSync(environment.SLOW_PIPE ?? '', fs.constants.O_WRONLY | fs.constants.O_NONBLOCK),
        );
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(reader).toBe(false);
  });

  test("the gateway's own secrets are not in its environment", async () => {
    const started: string[] = [];
    const environment = {
      ...environmentWithPipe(),
      SLUICE_VAULT_PASSPHRASE: 'planted-passphrase',
      REDIS_URL: 'redis://:planted@x',
    };
    await hangingKeychain(environment, started).get('a');
    expect(started.join()).not.toContain('planted');
  });
});
