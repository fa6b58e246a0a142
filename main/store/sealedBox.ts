// Text sealed by a passphrase: AES-256-GCM under a key from scrypt. Without the passphrase a box tells nothing but its size.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';

const base64 = z.base64();

/** The bounds on N, r and p keep a box that was tampered with from eating the machine. */
export const sealedBoxSchema = z.object({
  kdf: z.object({
    name: z.literal('scrypt'),
    N: z.number().int().min(1024).max(1_048_576),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(4),
    salt: base64,
  }),
  /** SHA-256 of the second half of the derived key: tells a wrong passphrase from a damaged box. */
  check: base64,
  iv: base64,
  tag: base64,
  data: base64,
});
export type SealedBox = z.output<typeof sealedBoxSchema>;
type Kdf = SealedBox['kdf'];

export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** 128 MB and about half a second per guess. */
const defaultCost: ScryptCost = { N: 131_072, r: 8, p: 1 };

export interface BoxKeys {
  readonly kdf: Kdf;
  readonly key: Buffer;
  readonly check: Buffer;
}

/** Of a box that is there, or with a salt of its own for a new one. */
export function deriveKeys(
  passphrase: string,
  of: { box: SealedBox } | { cost?: ScryptCost | undefined },
): Promise<BoxKeys> {
  const fresh = (cost: ScryptCost = defaultCost): Kdf => ({
    name: 'scrypt',
    ...cost,
    salt: randomBytes(16).toString('base64'),
  });
  const kdf = 'box' in of ? of.box.kdf : fresh(of.cost);
  const { N, r, p, salt } = kdf;
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 128 * r * (N + p) + 33_554_432 };
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 64, options, (error, derived) => {
      if (error) return reject(error);
      const check = createHash('sha256').update(derived.subarray(32)).digest();
      resolve({ kdf, key: derived.subarray(0, 32), check });
    });
  });
}

/** What is not secret is bound to what is: a box with swapped parameters does not open. */
function header(kdf: Kdf): Buffer {
  return Buffer.from(JSON.stringify([1, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt]));
}

export function sealText(text: string, { kdf, key, check }: BoxKeys): SealedBox {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(header(kdf));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    kdf,
    check: check.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Whether the keys come from the box's own passphrase; null where the box can't even be asked. */
export function fits(box: SealedBox, keys: BoxKeys): boolean | null {
  const expected = Buffer.from(box.check, 'base64');
  return expected.length === keys.check.length ? timingSafeEqual(expected, keys.check) : null;
}

/** Throws where the box is damaged or the keys are not its own. */
export function unsealText(box: SealedBox, keys: BoxKeys): string {
  const decipher = createDecipheriv('aes-256-gcm', keys.key, Buffer.from(box.iv, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(header(box.kdf));
  decipher.setAuthTag(Buffer.from(box.tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(box.data, 'base64')), decipher.final()]).toString('utf8');
}
