import { maskSecret } from '../../base/redact.ts';
import type { SecretView } from '../../contract/schemas/secret.ts';
import type { Credential } from '../../registry/snapshot.ts';

/** All that is ever shown of a secret: where it comes from, whether it can be read, its last four characters. */
export function secretView(credential: Credential): SecretView {
  if (credential.state === 'none') return { source: 'none', mask: null, state: 'none', reason: null };
  if (credential.state === 'ready') {
    return { source: credential.source, mask: maskSecret(credential.secret), state: 'ready', reason: null };
  }
  return { source: credential.source, mask: null, state: credential.state, reason: credential.reason };
}
