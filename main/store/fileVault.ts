// vault.json: all secrets in one AES-256-GCM box whose key comes from a passphrase by scrypt. Without the passphrase it tells nothing but its size.
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  type BoxKeys,
  deriveKeys,
  fits,
  type ScryptCost,
  sealedBoxSchema,
  sealText,
  unsealText,
} from './sealedBox.ts';
import { type Vault, VaultError } from './vault.ts';
import { removeLeftovers, writeFileAtomic } from './writeFileAtomic.ts';

const vaultFileName = 'vault.json';

const vaultFileSchema = sealedBoxSchema.extend({ version: z.literal(1) });
type VaultFile = z.output<typeof vaultFileSchema>;

/** Pairs, not an object: a reference may be called anything. */
const secretsSchema = z.array(z.tuple([z.string(), z.string()]));

/** The file as a vault, and what only a file can. */
export interface FileVault extends Vault {
  /** Everything in it. */
  entries(): ReadonlyMap<string, string>;
  /** Throws VaultError `wrong-passphrase` where `current` is not the one in force. */
  changePassphrase(current: string, next: string): Promise<void>;
  /** Deletes the file; the vault is not to be used any more. */
  remove(): void;
}

function damaged(file: string): VaultError {
  return new VaultError(
    'unavailable',
    `${file} is damaged or was changed by another program. Restore it from a backup, or delete it and enter the keys again`,
  );
}

function unseal(stored: VaultFile, keys: BoxKeys, file: string): Map<string, string> {
  try {
    return new Map(secretsSchema.parse(JSON.parse(unsealText(stored, keys))));
  } catch {
    throw damaged(file);
  }
}

function readVaultFile(file: string): VaultFile | null {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new VaultError(
      'unavailable',
      `${file} can't be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw damaged(file);
  }
  const version = z.object({ version: z.number() }).safeParse(document);
  if (version.success && version.data.version > 1)
    throw new VaultError('unavailable', `${file} was written by a newer Sluice; update this one`);
  const stored = vaultFileSchema.safeParse(document);
  if (!stored.success) throw damaged(file);
  return stored.data;
}

export function hasFileVault(dataDir: string): boolean {
  return fs.existsSync(path.join(dataDir, vaultFileName));
}

/**
 * Opens `<dataDir>/vault.json`, or makes it at once where there is none, so that the choice is remembered.
 * Throws VaultError `wrong-passphrase`, or `unavailable` where the file is damaged or can't be read or written.
 */
export async function openFileVault(options: {
  dataDir: string;
  passphrase: string;
  now: () => number;
  /** For tests, which can't wait half a second each time. */
  cost?: ScryptCost;
}): Promise<FileVault> {
  const file = path.join(options.dataDir, vaultFileName);
  removeLeftovers(options.dataDir, [vaultFileName], options.now());
  const stored = readVaultFile(file);
  let keys = await deriveKeys(options.passphrase, stored ? { box: stored } : { cost: options.cost });
  let secrets = new Map<string, string>();
  const wrong = () => new VaultError('wrong-passphrase', `the passphrase does not open ${file}`);
  if (stored) {
    const fit = fits(stored, keys);
    if (fit === null) throw damaged(file);
    if (!fit) throw wrong();
    secrets = unseal(stored, keys, file);
  }

  /** What is in memory changes only after the file has. */
  function store(next: Map<string, string>, nextKeys = keys): void {
    const sealed: VaultFile = { version: 1, ...sealText(JSON.stringify([...next]), nextKeys) };
    try {
      writeFileAtomic(file, `${JSON.stringify(sealed, null, 2)}\n`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw new VaultError('unavailable', `${file} can't be written: ${code}`);
    }
    secrets = next;
    keys = nextKeys;
  }

  if (!stored) store(secrets);
  else if (process.platform !== 'win32') fs.chmodSync(file, 0o600);

  /** The file is sealed and written once, however many they are. */
  async function change(changes: ReadonlyMap<string, string | null>): Promise<void> {
    const next = new Map(secrets);
    for (const [ref, secret] of changes) {
      if (secret === null) next.delete(ref);
      else next.set(ref, secret);
    }
    const same =
      next.size === secrets.size && [...next].every(([ref, secret]) => secrets.get(ref) === secret);
    if (!same) store(next);
  }

  return {
    kind: 'file',
    get: async (ref) => secrets.get(ref) ?? null,
    set: (ref, secret) => change(new Map([[ref, secret]])),
    delete: (ref) => change(new Map([[ref, null]])),
    change,
    entries: () => secrets,
    async changePassphrase(current, next) {
      const box = sealText('', keys);
      if (!fits(box, await deriveKeys(current, { box }))) throw wrong();
      const { N, r, p } = keys.kdf;
      store(secrets, await deriveKeys(next, { cost: { N, r, p } }));
    },
    remove: () => fs.rmSync(file, { force: true }),
  };
}
