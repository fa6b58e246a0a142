// The error a client is shown when no attempt brought an answer, in words that say what to do about it.
import { GatewayError } from '../base/gatewayError.ts';
import type { Skip } from '../contract/schemas/record.ts';
import type { Failure } from '../upstream/classifyFailure.ts';
import { inWords } from './inWords.ts';

export interface FailedAttempt {
  readonly failure: Failure;
  readonly endpointName: string;
}

const listed = 6;

/** Unix ms at which the first of them comes back, where any says when. */
function firstBack(skips: readonly Skip[]): number | null {
  const times = skips.map(({ until }) => until).filter((until) => until !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

function describeSkips(skips: readonly Skip[], now: number): string {
  const rows = skips.slice(0, listed).map(({ endpointId, accountId, reason, until }) => {
    const back = until !== null && until > now ? `, back in ${inWords(until - now)}` : '';
    return `${endpointId}${accountId && accountId !== 'none' ? `/${accountId}` : ''}: ${reason}${back}`;
  });
  const more = skips.length > listed ? `; and ${skips.length - listed} more` : '';
  return rows.join('; ') + more;
}

/** Nothing could be tried at all: everything that serves the model is limited, cooling down or off. */
export function noCandidateError(model: string, skipped: readonly Skip[], now: number): GatewayError {
  const backAt = firstBack(skipped);
  const retryAfterMs = backAt === null ? undefined : Math.max(0, backAt - now);
  const back = retryAfterMs === undefined ? '' : ` The first is back in ${inWords(retryAfterMs)}.`;
  const message = `No endpoint can take a request for "${model}" now.${back} ${describeSkips(skipped, now)}`;
  return new GatewayError('no_available_endpoint', message.trim(), { retryAfterMs });
}

/** Nobody out there could be reached, and this machine is why. */
export function offlineError(): GatewayError {
  return new GatewayError('upstream_error', 'This computer is offline: no upstream can be reached.');
}

/** All attempts failed. The last one speaks, unless all failed for the same better-known reason. */
export function attemptsFailedError(
  model: string,
  attempts: readonly FailedAttempt[],
  skipped: readonly Skip[],
  now: number,
): GatewayError {
  const outcomes = new Set(attempts.map(({ failure }) => failure.outcome));
  const tried = attempts.map(({ failure, endpointName }) => `${endpointName}: ${failure.reason}`);
  const words = [...new Set(tried)].slice(-3).join('; ');
  if ([...outcomes].every((outcome) => outcome === 'refused' || outcome === 'exhausted')) {
    return new GatewayError(
      'upstream_credentials_exhausted',
      `Every account for "${model}" was refused by its provider. ${words}`,
    );
  }
  if ([...outcomes].every((outcome) => outcome === 'rate-limited')) {
    const backAt = Math.min(
      ...attempts.map(({ failure }) => now + (failure.hold?.ms ?? 0)),
      firstBack(skipped) ?? Number.POSITIVE_INFINITY,
    );
    return new GatewayError(
      'no_available_endpoint',
      `Every account for "${model}" is rate limited upstream. ${words}`,
      {
        retryAfterMs: Math.max(0, backAt - now),
      },
    );
  }
  const last = attempts.at(-1)?.failure;
  return last?.outcome === 'timeout'
    ? new GatewayError('upstream_timeout', `The upstream did not answer in time. ${words}`)
    : new GatewayError('upstream_error', `No upstream could answer. ${words}`);
}
