// Moves plain secrets of a document into the vault: written, read back, and only then referenced. It never overwrites a secret in use.
import { type Redactor, secretTexts } from '../base/redact.ts';
import { type DocumentWithSecrets, secretSpots, vaultRefs } from '../registry/secretSpots.ts';
import { putAll, type Vault, VaultError } from '../store/vault.ts';

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
  const gone = [...refs];
  if (vault.change)
    return vault.change(new Map(gone.map((ref) => [ref, null]))).then(
      () => [],
      () => gone,
    );
  const left: string[] = [];
  for (const ref of gone) await vault.delete(ref).catch(() => left.push(ref));
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
  const others = vaultRefs(document);
  const taken = new Set([...deps.inUse, ...others]);
  const written = new Map<string, string>();
  const heldAt = async (ref: string) => {
    const coming = written.get(ref);
    return coming === undefined ? heldBy(deps.vault, ref) : { secret: coming };
  };
  try {
    for (const spot of secretSpots(document)) {
      const { secret } = spot;
      if (typeof secret !== 'string') continue;
      for (const text of secretTexts(secret)) deps.redactor.add(text);
      let ref = spot.ref;
      let kept = false;
      while (taken.has(ref)) {
        const held = await heldAt(ref);
        kept = held?.secret === secret;
        // An entry that is gone gets its place back, unless somebody else waits for it.
        if (kept || (held?.secret === null && !others.has(ref))) break;
        ref += '~';
      }
      if (!kept) written.set(ref, secret);
      taken.add(ref);
      spot.replace({ vault: ref });
    }
    await putAll(deps.vault, written);
    for (const [ref, secret] of written)
      if ((await deps.vault.get(ref)) !== secret)
        throw new VaultError('unavailable', 'the vault did not keep the secret it was given');
  } catch (error) {
    await forget(deps.vault, written.keys());
    throw error;
  }
  return { document, written: [...written.keys()] };
}
