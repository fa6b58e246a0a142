// vault.json: all secrets in one AES-256-GCM box whose key comes from a passphrase by scrypt. Without the passphrase it tells nothing but its size.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Vault, VaultError } from './vault.ts';
import { removeLeftovers, writeFileAtomic } from './writeFileAtomic.ts';

export const vaultFileName = 'vault.json';

const base64 = z.base64();

/** The bounds on N, r and p keep a file that was tampered with from eating the machine. */
const vaultFileSchema = z.object({
  version: z.literal(1),
  kdf: z.object({
    name: z.literal('scrypt'),
    N: z.number().int().min(1024).max(1_048_576),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(4),
    salt: base64,
  }),
  /** SHA-256 of the second half of the derived key: tells a wrong passphrase from a damaged file. */
  check: base64,
  iv: base64,
  tag: base64,
  data: base64,
});
type VaultFile = z.output<typeof vaultFileSchema>;
type Kdf = VaultFile['kdf'];

/** Pairs, not an object: a reference may be called anything. */
const secretsSchema = z.array(z.tuple([z.string(), z.string()]));

/** 128 MB and about half a second per guess. */
const defaultCost = { N: 131_072, r: 8, p: 1 };

interface Keys {
  key: Buffer;
  check: Buffer;
}

function deriveKeys(passphrase: string, kdf: Kdf): Promise<Keys> {
  const { N, r, p, salt } = kdf;
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 128 * r * (N + p) + 33_554_432 };
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 64, options, (error, derived) => {
      if (error) return reject(error);
      const check = createHash('sha256').update(derived.subarray(32)).digest();
      resolve({ key: derived.subarray(0, 32), check });
    });
  });
}

/** What is not secret is bound to what is: a file with swapped parameters does not open. */
function header(kdf: Kdf): Buffer {
  return Buffer.from(JSON.stringify([1, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt]));
}

function seal(secrets: ReadonlyMap<string, string>, keys: Keys, kdf: Kdf): VaultFile {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.key, iv, { authTagLength: 16 });
  cipher.setAAD(header(kdf));
  const plain = JSON.stringify([...secrets]);
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return {
    version: 1,
    kdf,
    check: keys.check.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

function damaged(file: string): VaultError {
  return new VaultError(
    'unavailable',
    `${file} is damaged or was changed by another program. Restore it from a backup, or delete it and enter the keys again`,
  );
}

function unseal(stored: VaultFile, keys: Keys, file: string): Map<string, string> {
  try {
    const iv = Buffer.from(stored.iv, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', keys.key, iv, { authTagLength: 16 });
    decipher.setAAD(header(stored.kdf));
    decipher.setAuthTag(Buffer.from(stored.tag, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(stored.data, 'base64')), decipher.final()]);
    return new Map(secretsSchema.parse(JSON.parse(plain.toString('utf8'))));
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
  cost?: { N: number; r: number; p: number };
}): Promise<Vault> {
  const file = path.join(options.dataDir, vaultFileName);
  removeLeftovers(options.dataDir, [vaultFileName], options.now());
  const stored = readVaultFile(file);
  const kdf: Kdf = stored?.kdf ?? {
    name: 'scrypt',
    ...(options.cost ?? defaultCost),
    salt: randomBytes(16).toString('base64'),
  };
  const keys = await deriveKeys(options.passphrase, kdf);
  let secrets = new Map<string, string>();
  if (stored) {
    const expected = Buffer.from(stored.check, 'base64');
    if (expected.length !== keys.check.length) throw damaged(file);
    if (!timingSafeEqual(expected, keys.check))
      throw new VaultError('wrong-passphrase', `the passphrase does not open ${file}`);
    secrets = unseal(stored, keys, file);
  }

  /** What is in memory changes only after the file has. */
  function store(next: Map<string, string>): void {
    try {
      writeFileAtomic(file, `${JSON.stringify(seal(next, keys, kdf), null, 2)}\n`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw new VaultError('unavailable', `${file} can't be written: ${code}`);
    }
    secrets = next;
  }

  if (!stored) store(secrets);
  else if (process.platform !== 'win32') fs.chmodSync(file, 0o600);

  return {
    kind: 'file',
    get: async (ref) => secrets.get(ref) ?? null,
    set: async (ref, secret) => {
      if (secrets.get(ref) !== secret) store(new Map(secrets).set(ref, secret));
    },
    delete: async (ref) => {
      if (!secrets.has(ref)) return;
      const next = new Map(secrets);
      next.delete(ref);
      store(next);
    },
  };
}
