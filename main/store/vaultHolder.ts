// Chooses the vault and keeps its state. What can't be saved just now is held in memory and moved over once a vault opens.
import type { Log } from '../base/log.ts';
import type { GatewayStatus } from '../contract/schemas/views.ts';
import { type FileVault, hasFileVault, openFileVault } from './fileVault.ts';
import type { Keychain } from './keytarVault.ts';
import { createMemoryVault } from './memoryVault.ts';
import { putAll, type Vault, VaultError } from './vault.ts';

/**
 * The vault in use, with its state. It can change while the program runs: a locked keychain opens,
 * or the user chooses the encrypted file instead. While it is locked or unavailable, reading throws VaultError
 * (but for what was put in meanwhile), and what is put in lives in memory.
 */
export interface VaultHolder extends Vault {
  status(): GatewayStatus['vault'];
  /** Asks the keychain again and lets the system ask the user to unlock it. Never throws; answers within 5 s. */
  retry(): Promise<void>;
  /** Opens or makes the encrypted file vault and moves over what was only in memory. Throws VaultError `wrong-passphrase`. */
  openFile(passphrase: string): Promise<void>;
  /** Of the file vault in use. Throws VaultError `wrong-passphrase`, or `unavailable` where another vault is in use. */
  changePassphrase(current: string, next: string): Promise<void>;
  /** Moves everything from the file or from memory into the keychain, then deletes the file. Throws VaultError, and then nothing has moved. */
  useKeychain(): Promise<void>;
  /** These are in use: where one was to be deleted once the vault opens, it no longer is. */
  keep(refs: Iterable<string>): void;
  /** Tells when the kind or the state has changed. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  close(): void;
}

type Status = GatewayStatus['vault'];

export interface VaultHolderDeps {
  shell: 'desktop' | 'headless';
  choice: 'auto' | Vault['kind'];
  passphrase: string | null;
  dataDir: string;
  keychain: Keychain;
  log: Log;
  /** Unix milliseconds. */
  now: () => number;
  /** scrypt's cost for a new file vault; for tests. */
  fileCost?: { N: number; r: number; p: number };
}

const retryLimitMs = 4_500;
/** A keychain that opens by itself (login, another program) is noticed after so long. */
const lookAgainMs = { locked: 5_000, unavailable: 30_000 };

const inMemory = 'until then new secrets are kept in memory and lost when Sluice ends';
const needsPassphrase = 'vault.json is locked: its passphrase is needed';

function stateOf(error: VaultError): 'locked' | 'unavailable' {
  return error.reason === 'locked' ? 'locked' : 'unavailable';
}

/**
 * Opens the vault the choice says. `auto`: vault.json where it exists, else the keychain; where that can't be used, headless
 * takes the file (with a passphrase) or, where there is no keychain at all, memory. Throws VaultError where an explicit
 * choice can't be had, or the passphrase is wrong; a locked keychain is no error.
 */
export async function createVaultHolder(deps: VaultHolderDeps): Promise<VaultHolder> {
  const { keychain, log } = deps;
  const headless = deps.shell === 'headless';
  const listeners = new Set<() => void>();
  /** Everything read or written in this run, so that it can move into another vault. */
  const known = new Map<string, string>();
  /** What no open vault holds. */
  const unsaved = new Set<string>();
  const undeleted = new Set<string>();
  let vault: Vault | null = null;
  /** The file vault while it is the one in use. */
  let file: FileVault | null = null;
  let status: Status = { kind: 'keychain', state: 'unavailable', reason: null };
  let work: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  /** False until the first vault, or the first refusal, is known. */
  let opened = false;
  let closed = false;

  /** One change of vaults at a time. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = work.then(step);
    work = result.catch(() => {});
    return result;
  }

  function enter(next: Status, nextVault: Vault | null): void {
    const changed = next.kind !== status.kind || next.state !== status.state;
    opened = true;
    vault = nextVault;
    status = next;
    lookAgainLater();
    if (changed) for (const listener of listeners) listener();
  }

  function lookAgainLater(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (closed || status.kind !== 'keychain' || status.state === 'ready' || !keychain.quiet) return;
    timer = setTimeout(() => void inTurn(askKeychain), lookAgainMs[status.state]);
    timer.unref();
  }

  function turnAway(kind: Status['kind'], error: VaultError): void {
    const state = stateOf(error);
    if (!opened || vault || status.state !== state) log.warn(`${error.message}; ${inMemory}`);
    enter({ kind, state, reason: error.message }, null);
  }

  /** Writes, reads back, and only then counts a secret as saved. */
  async function moveInto(target: Vault, refs: Iterable<string>): Promise<void> {
    const moving = new Map<string, string>();
    for (const ref of refs) {
      const secret = known.get(ref);
      if (secret !== undefined) moving.set(ref, secret);
    }
    await putAll(target, moving);
    for (const [ref, secret] of moving) {
      if ((await target.get(ref)) !== secret)
        throw new VaultError('unavailable', `the ${target.kind} vault did not keep a secret`);
      unsaved.delete(ref);
    }
    for (const ref of undeleted) {
      await target.delete(ref);
      undeleted.delete(ref);
    }
  }

  /** Moves to the keychain where it is open; else says why not. */
  async function openKeychain(): Promise<VaultError | null> {
    try {
      await keychain.probe();
      await moveInto(keychain, status.kind === 'memory' ? known.keys() : unsaved);
      enter({ kind: 'keychain', state: 'ready', reason: null }, keychain);
      return null;
    } catch (error) {
      return error instanceof VaultError ? error : new VaultError('unavailable', String(error));
    }
  }

  async function askKeychain(): Promise<void> {
    if (closed || (status.kind === 'keychain' && status.state === 'ready')) return;
    const error = await openKeychain();
    if (!error) log.info('the keychain is open now');
    else if (status.kind === 'keychain') turnAway('keychain', error);
  }

  async function takeFile(passphrase: string): Promise<void> {
    const opened = await openFileVault({
      dataDir: deps.dataDir,
      passphrase,
      now: deps.now,
      ...(deps.fileCost ? { cost: deps.fileCost } : {}),
    });
    await moveInto(opened, known.keys());
    file = opened;
    enter({ kind: 'file', state: 'ready', reason: null }, opened);
  }

  async function probeKeychain(): Promise<void> {
    try {
      await keychain.probe();
    } catch (error) {
      if (!(error instanceof VaultError) || error.reason !== 'locked') throw error;
      await keychain.unlock();
      await keychain.probe();
    }
  }

  async function leaveForKeychain(): Promise<void> {
    if (status.kind === 'keychain' && status.state === 'ready') return;
    if (deps.choice === 'file' || deps.choice === 'memory') {
      const advice = 'leave out --vault and SLUICE_VAULT, then start again';
      throw new VaultError('unavailable', `Sluice was started with the ${deps.choice} vault: ${advice}`);
    }
    if (status.kind === 'file' && !file) throw new VaultError('locked', needsPassphrase);
    await probeKeychain();
    for (const [ref, secret] of file?.entries() ?? []) known.set(ref, secret);
    await moveInto(keychain, known.keys());
    file?.remove();
    file = null;
    enter({ kind: 'keychain', state: 'ready', reason: null }, keychain);
  }

  function takeMemory(reason: string | null): void {
    const advice = headless ? '. Set SLUICE_VAULT_PASSPHRASE to keep them in an encrypted file' : '';
    log.warn(
      `secrets are kept in memory only and lost when Sluice ends${reason ? ` (${reason})` : ''}${advice}`,
    );
    enter({ kind: 'memory', state: 'ready', reason }, createMemoryVault());
  }

  async function openFirst(): Promise<void> {
    const remembered = deps.choice === 'auto' && hasFileVault(deps.dataDir);
    if (deps.choice === 'memory') return takeMemory(null);
    if (deps.choice === 'file' || remembered) {
      if (deps.passphrase) return takeFile(deps.passphrase);
      if (headless && !remembered)
        throw new VaultError('unavailable', 'the file vault needs a passphrase: set SLUICE_VAULT_PASSPHRASE');
      const hint = headless ? '; set SLUICE_VAULT_PASSPHRASE' : '';
      return turnAway('file', new VaultError('locked', needsPassphrase + hint));
    }
    const error = await openKeychain();
    if (!error) return;
    if (headless && deps.choice === 'auto') {
      if (deps.passphrase) return takeFile(deps.passphrase);
      if (stateOf(error) === 'unavailable') return takeMemory(error.message);
    }
    if (headless && stateOf(error) === 'unavailable') throw error;
    turnAway('keychain', error);
  }

  /** A keychain that fails in use says so to the caller and stays away until it answers again. */
  async function asked<T>(open: Vault, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof VaultError && vault === open && open === keychain) turnAway('keychain', error);
      throw error;
    }
  }

  /** `saved`: an open vault has it, or is rid of it. */
  function note(ref: string, secret: string | null, saved: boolean): void {
    if (secret === null) {
      if (!saved && !unsaved.has(ref)) undeleted.add(ref);
      known.delete(ref);
      unsaved.delete(ref);
      return;
    }
    known.set(ref, secret);
    undeleted.delete(ref);
    if (!saved) unsaved.add(ref);
  }

  keychain.onRecovered(() => void inTurn(askKeychain));
  await openFirst();

  return {
    get kind() {
      return status.kind;
    },
    status: () => ({ ...status }),
    async get(ref) {
      if (unsaved.has(ref)) return known.get(ref) ?? null;
      const open = vault;
      if (!open)
        throw new VaultError(
          status.state === 'locked' ? 'locked' : 'unavailable',
          status.reason ?? 'the vault is not open',
        );
      const secret = await asked(open, () => open.get(ref));
      if (secret === null) known.delete(ref);
      else known.set(ref, secret);
      return secret;
    },
    async set(ref, secret) {
      const open = vault;
      if (open) await asked(open, () => open.set(ref, secret));
      note(ref, secret, open !== null);
    },
    async delete(ref) {
      const open = vault;
      if (open) await asked(open, () => open.delete(ref));
      note(ref, null, open !== null);
    },
    get change() {
      const change = vault?.change;
      return (
        change &&
        (async (changes: ReadonlyMap<string, string | null>) => {
          await change(changes);
          for (const [ref, secret] of changes) note(ref, secret, true);
        })
      );
    },
    async retry() {
      if (status.kind === 'file' || deps.choice === 'memory') return;
      const asking = inTurn(askKeychain).then(async () => {
        if (status.state !== 'locked') return;
        await keychain.unlock();
        await inTurn(askKeychain);
      });
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, retryLimitMs);
      });
      await Promise.race([asking.catch(() => {}), late]);
      clearTimeout(limit);
    },
    openFile: (passphrase) => inTurn(() => takeFile(passphrase)),
    changePassphrase: (current, next) =>
      inTurn(async () => {
        if (!file) throw new VaultError('unavailable', 'the encrypted file is not the vault in use');
        await file.changePassphrase(current, next);
      }),
    useKeychain: () => inTurn(leaveForKeychain),
    keep(refs) {
      for (const ref of refs) undeleted.delete(ref);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      listeners.clear();
      keychain.close();
    },
  };
}
