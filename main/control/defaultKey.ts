// The client key a gateway makes for itself on its first start. It is replaced only where its secret can't come back.
import { randomBytes } from 'node:crypto';
import type { Secret } from '../contract/schemas/secret.ts';
import type { JsonObject } from '../store/parseSettings.ts';

/** What the generated key carries besides the schema's fields. */
interface GeneratedKey {
  id: string;
  secret: Secret;
  /** Until it has been shown once. */
  unseen?: boolean;
  /** Made by the gateway, not by a person. */
  generated?: boolean;
  /** Its secret was never in a vault that lasts. */
  memoryOnly?: boolean;
}

interface DocumentWithKeys {
  clientKeys?: GeneratedKey[];
}

export function newClientSecret(): string {
  return `sluice-${randomBytes(32).toString('base64url')}`;
}

/** A copy of the document with a client key `default`, secret in clear, where it has no client key at all; else null. */
export function withFirstKey(document: JsonObject, lasting: boolean): JsonObject | null {
  const { clientKeys = [] } = document as DocumentWithKeys;
  if (clientKeys.length > 0) return null;
  const key: GeneratedKey & { name: string } = {
    id: 'default',
    name: 'Default',
    secret: newClientSecret(),
    unseen: true,
    generated: true,
    ...(lasting ? {} : { memoryOnly: true }),
  };
  return { ...structuredClone(document), clientKeys: [key] };
}

/** How a reference fared when the vault was asked. */
export interface KeyFate {
  ready: boolean;
  /** An open vault has no such entry. */
  absent: boolean;
  /** There is no vault to ask. */
  unavailable: boolean;
}

/**
 * A copy of the document in which each generated key whose secret ended with the last process has a new one (`renewed`),
 * and keys that have reached a vault that lasts are no longer marked; null where nothing changes. A locked vault is no reason.
 */
export function withRenewedKeys(
  document: JsonObject,
  fateOf: (ref: string) => KeyFate,
  lasting: boolean,
): { document: JsonObject; renewed: string[] } | null {
  const copy = structuredClone(document);
  const renewed: string[] = [];
  let changed = false;
  for (const key of (copy as DocumentWithKeys).clientKeys ?? []) {
    if (key.generated !== true || typeof key.secret === 'string' || !('vault' in key.secret)) continue;
    const fate = fateOf(key.secret.vault);
    const lost = key.memoryOnly === true ? fate.absent || fate.unavailable : fate.absent && !lasting;
    if (lost) {
      key.secret = newClientSecret();
      key.unseen = true;
      renewed.push(key.id);
    }
    if (lost && !lasting) key.memoryOnly = true;
    else if (key.memoryOnly === true && lasting && (lost || fate.ready)) delete key.memoryOnly;
    else continue;
    changed = true;
  }
  return changed ? { document: copy, renewed } : null;
}
