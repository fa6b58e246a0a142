// The operating system's keychain. It decides whether the keychain is open, locked or missing; it never waits for the user.
import { forkChild, type StartChild } from './childProcess.ts';
import { createKeychainClient, type KeychainResult } from './keychainClient.ts';
import { askToUnlock, readKeyringState } from './secretService.ts';
import { type Vault, VaultError } from './vault.ts';

export interface Keychain extends Vault {
  readonly kind: 'keychain';
  /** True where asking shows no prompt, so that it may be done at any time. */
  readonly quiet: boolean;
  /** Returns where it can be used now; throws VaultError `locked` or `unavailable`. */
  probe(): Promise<void>;
  /** Lets the system ask the user to unlock it, where there is such a way; resolves when that is over, at most two minutes. */
  unlock(): Promise<void>;
  /** Tells when a call that had been given up was answered: the keychain may be open now. */
  onRecovered(listener: () => void): void;
  close(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A vault answers within five seconds, whatever the keychain does. */
const totalLimitMs = 4_400;
const keyringLimitMs = 2_000;

/** How long a keyring that was seen open counts as open. */
const trustMs = 1_000;

function withoutOurs(environment: Environment): Environment {
  // The keychain's process has no use for the gateway's own secrets.
  const entries = Object.entries(environment).filter(([name]) => !/^SLUICE_|REDIS_URL$/.test(name));
  return Object.fromEntries(entries);
}

/** keytar hands on the system's words; these tell a locked keychain from a missing one. */
function failureOf(message: string): VaultError {
  if (/locked|dismissed|cancel|interaction is not allowed|denied/i.test(message))
    return new VaultError('locked', `the keychain is locked (${message})`);
  return new VaultError('unavailable', `the keychain can't be used: ${message}`);
}

function missingLibrary(platform: NodeJS.Platform, message: string): VaultError {
  const hint = platform === 'linux' ? ' Is libsecret installed (Debian: libsecret-1-0)?' : '';
  return new VaultError('unavailable', `the keychain's library can't be loaded.${hint} ${message}`);
}

export function createKeytarVault(deps: {
  service?: string;
  platform?: NodeJS.Platform;
  environment?: Environment;
  startChild?: StartChild;
  /** Monotonic milliseconds. */
  monotonic: () => number;
}): Keychain {
  const service = deps.service ?? 'Sluice';
  const platform = deps.platform ?? process.platform;
  const environment = deps.environment ?? process.env;
  const client = createKeychainClient({
    start: deps.startChild ?? forkChild,
    environment: withoutOurs(environment),
  });
  const asksSecretService = platform !== 'darwin' && platform !== 'win32';
  let seenOpenAt = Number.NEGATIVE_INFINITY;

  async function requireOpen(limitMs: number): Promise<void> {
    const { state, reason } = await readKeyringState(environment, limitMs);
    seenOpenAt = state === 'ready' ? deps.monotonic() : Number.NEGATIVE_INFINITY;
    if (state === 'locked') throw new VaultError('locked', reason ?? 'the keyring is locked');
    if (state === 'absent') throw new VaultError('unavailable', reason ?? 'there is no keyring');
  }

  function secretOf(result: KeychainResult): string | null {
    if (result.ok === true) return result.secret;
    if (result.ok === 'late') {
      const message = 'the keychain does not answer; it may be asking for a password';
      throw new VaultError('locked', message);
    }
    if (result.ok === 'died')
      throw new VaultError('unavailable', "the keychain's process ended unexpectedly");
    throw result.loaded ? failureOf(result.message) : missingLibrary(platform, result.message);
  }

  async function ask(operation: 'get' | 'set' | 'delete', ref: string, secret: string | null, trust = true) {
    const start = deps.monotonic();
    const left = (): number => totalLimitMs - (deps.monotonic() - start);
    const trusted = trust && start - seenOpenAt <= trustMs;
    if (asksSecretService && !trusted) await requireOpen(keyringLimitMs);
    const limit = (): number => Math.max(100, asksSecretService ? left() - 1_000 : left());
    const request = { operation, service, ref, secret };
    let result = await client.call(request, limit());
    if (result.ok === 'died' || (result.ok === false && result.loaded)) {
      // libsecret goes on talking to a keyring service that is gone; a new process finds the new one.
      client.renew();
      if (asksSecretService) await requireOpen(Math.min(keyringLimitMs, left()));
      result = await client.call(request, limit());
    }
    const value = secretOf(result);
    // "Nothing found" is also what libsecret says of a keyring that was locked meanwhile.
    if (asksSecretService && operation === 'get' && value === null) {
      await requireOpen(Math.min(keyringLimitMs, left()));
    }
    return value;
  }

  return {
    kind: 'keychain',
    quiet: asksSecretService,
    get: (ref) => ask('get', ref, null),
    set: async (ref, secret) => void (await ask('set', ref, secret)),
    delete: async (ref) => void (await ask('delete', ref, null)),
    async probe() {
      client.giveUp();
      await ask('get', 'probe', null, false);
    },
    async unlock() {
      if (asksSecretService) await askToUnlock(environment);
    },
    onRecovered: (listener) => client.onLateAnswer(listener),
    close: () => client.close(),
  };
}
