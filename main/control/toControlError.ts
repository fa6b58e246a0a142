// The one place where what a handler threw becomes an error of the contract. Whatever it does not know stays unsaid.
import { ORPCError, ValidationError } from '@orpc/server';
import { VaultError } from '../store/vault.ts';
import { UpstreamError } from '../upstream/upstreamError.ts';
import { SettingsInvalidError } from './applyConfig.ts';
import { ConflictError, InputInvalidError, NotFoundError, UnavailableError } from './controlErrors.ts';

type Issues = readonly { path: string; message: string }[];

function invalid(issues: Issues) {
  const message = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message));
  return new ORPCError('INVALID', { status: 422, message: message.join('; '), data: { issues } });
}

/** `['endpoints', 0, 'baseUrl']` as people write it: `endpoints[0].baseUrl`. */
export function pathText(path: ValidationError['issues'][number]['path']): string {
  let text = '';
  for (const segment of path ?? []) {
    const key = typeof segment === 'object' ? segment.key : segment;
    if (typeof key === 'number') text += `[${key}]`;
    else text += text ? `.${String(key)}` : String(key);
  }
  return text;
}

function fromVault(error: VaultError) {
  if (error.reason === 'locked')
    return new ORPCError('VAULT_LOCKED', { status: 423, message: error.message });
  if (error.reason === 'wrong-passphrase') return invalid([{ path: 'passphrase', message: error.message }]);
  return new ORPCError('UNAVAILABLE', { status: 503, message: error.message });
}

/** An error of the contract, or null where the cause is none of the caller's business. */
export function toControlError(error: unknown): ORPCError<string, unknown> | null {
  if (error instanceof SettingsInvalidError || error instanceof InputInvalidError)
    return invalid(error.issues);
  if (error instanceof VaultError) return fromVault(error);
  if (error instanceof NotFoundError)
    return new ORPCError('NOT_FOUND', { status: 404, message: error.message });
  if (error instanceof ConflictError)
    return new ORPCError('CONFLICT', { status: 409, message: error.message });
  if (error instanceof UnavailableError || error instanceof UpstreamError)
    return new ORPCError('UNAVAILABLE', { status: 503, message: error.message });
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return invalid(
      error.cause.issues.map((issue) => ({ path: pathText(issue.path), message: issue.message })),
    );
  }
  return null;
}
