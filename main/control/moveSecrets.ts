// Moves plain secrets of a document into the vault: written, read back, and only then referenced. It never overwrites a secret in use.
import { type Redactor, secretTexts } from '../base/redact.ts';
import { type DocumentWithSecrets, secretSpots, vaultRefs } from '../registry/secretSpots.ts';
import { type Vault, VaultError } from '../store/vault.ts';

export interface MovedSecrets<T> {
  /** A copy without plain secrets. */
  document: T;
  /** What was newly written to the vault; to be deleted again where the document does not come into force. */
  written: string[];
}

/** What the reference holds; null where it can't be told. */
async function heldBy(vault: Vault, ref: string): Promise<{ secret: string | null } | null> {
  try {
    return { secret: await vault.get(ref) };
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

/** Best effort: what stays behind is an entry nobody refers to. */
export async function forget(vault: Vault, refs: Iterable<string>): Promise<string[]> {
  const left: string[] = [];
  for (const ref of refs) await vault.delete(ref).catch(() => left.push(ref));
  return left;
}

/**
 * `inUse` are the references of the configuration in force. A changed secret gets a second name (`account/openai/a1~`),
 * so that the old one stays valid until the new configuration is on disk. Throws VaultError, and then nothing was written.
 */
export async function moveSecrets<T extends DocumentWithSecrets>(
  source: T,
  deps: { vault: Vault; redactor: Redactor; inUse: ReadonlySet<string> },
): Promise<MovedSecrets<T>> {
  const document = structuredClone(source);
  const taken = new Set([...deps.inUse, ...vaultRefs(document)]);
  const written: string[] = [];
  try {
    for (const spot of secretSpots(document)) {
      const { secret } = spot;
      if (typeof secret !== 'string') continue;
      for (const text of secretTexts(secret)) deps.redactor.add(text);
      let ref = spot.ref;
      let kept = false;
      while (taken.has(ref)) {
        const held = await heldBy(deps.vault, ref);
        kept = held?.secret === secret;
        if (kept || held?.secret === null) break;
        ref += '~';
      }
      if (!kept) {
        written.push(ref);
        await deps.vault.set(ref, secret);
        if ((await deps.vault.get(ref)) !== secret)
          throw new VaultError('unavailable', 'the vault did not keep the secret it was given');
      }
      taken.add(ref);
      spot.replace({ vault: ref });
    }
  } catch (error) {
    await forget(deps.vault, written);
    throw error;
  }
  return { document, written };
}
