import { implement, ORPCError, ValidationError } from '@orpc/server';
import type { Log } from '../base/log.ts';
import type { Redactor } from '../base/redact.ts';
import { contract } from '../contract/operations.ts';
import { pathText, toControlError } from './toControlError.ts';

/** What the log gets of an error nobody foresaw. A refused answer is told by its paths, never by its values. */
function describe(error: unknown): string {
  if (error instanceof ORPCError && error.cause instanceof ValidationError) {
    const issues = error.cause.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
    return `${error.message}: ${issues.join('; ')}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The contract with its error mapping, for the handlers to fill in. */
export function createImplementer(deps: { log: Log; redactor: Redactor }) {
  return implement(contract).use(async ({ next, path, signal }) => {
    try {
      return await next();
    } catch (error) {
      const known = toControlError(error);
      if (known) {
        known.message = deps.redactor.redact(known.message);
        throw known;
      }
      // The caller left; there is nobody to tell.
      if (!signal?.aborted)
        deps.log.error('a control operation failed', { operation: path.join('.'), error: describe(error) });
      throw new ORPCError('INTERNAL_SERVER_ERROR', {
        message: 'The operation failed inside Sluice. The log says why.',
      });
    }
  });
}

export type ControlImplementer = ReturnType<typeof createImplementer>;
