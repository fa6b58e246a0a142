// Where secrets stand in a settings document, as it was read or edited. It knows nothing of vaults.
import type { Secret } from '../contract/schemas/secret.ts';
import type { Settings } from '../contract/schemas/settings.ts';

export interface SecretSpot {
  /** `endpoints[0].accounts[0].secret`. */
  readonly path: string;
  /** The vault reference it gets: `account/<endpointId>/<accountId>` or `clientKey/<id>`. */
  readonly ref: string;
  readonly secret: Secret;
  /** Changes the document. */
  replace(secret: Secret): void;
}

/** Only what a document needs for it: any validated one has it. */
export interface DocumentWithSecrets {
  clientKeys?: { id: string; secret: Secret }[];
  endpoints?: { id: string; accounts?: { id: string; secret?: Secret }[] }[];
}

/** Every place that has a secret, client keys first. The document must have passed `parseSettings`. */
export function secretSpots(document: DocumentWithSecrets): SecretSpot[] {
  const spots: SecretSpot[] = [];
  document.clientKeys?.forEach((key, index) => {
    spots.push({
      path: `clientKeys[${index}].secret`,
      ref: `clientKey/${key.id}`,
      secret: key.secret,
      replace: (secret) => {
        key.secret = secret;
      },
    });
  });
  document.endpoints?.forEach((endpoint, endpointIndex) => {
    endpoint.accounts?.forEach((account, index) => {
      if (account.secret === undefined) return;
      spots.push({
        path: `endpoints[${endpointIndex}].accounts[${index}].secret`,
        ref: `account/${endpoint.id}/${account.id}`,
        secret: account.secret,
        replace: (secret) => {
          account.secret = secret;
        },
      });
    });
  });
  return spots;
}

/** The vault references a document holds. */
export function vaultRefs(document: DocumentWithSecrets | Settings): Set<string> {
  const refs = new Set<string>();
  for (const { secret } of secretSpots(document))
    if (typeof secret === 'object' && 'vault' in secret) refs.add(secret.vault);
  return refs;
}

/** References that `secretSpots` made up, and may therefore be deleted with what they belong to. */
export function isOurRef(ref: string): boolean {
  return /^(account\/[^/]+\/[^/]+|clientKey\/[^/]+)$/.test(ref);
}
