// Lets a request pass that shows the admin token, and answers all others alike. It does not know what they asked for.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import { refuseControl } from '../controlRefusal.ts';
import { createGuessLimit } from './guessLimit.ts';

/** A Fastify `onRequest` hook: answers 401 unless the request shows the admin token. */
export type AuthenticateAdmin = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Longer ones are refused before they are hashed. */
const maxTokenLength = 256;

function bearer(request: FastifyRequest): string | null {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  return token !== undefined && token.length <= maxTokenLength ? token : null;
}

/**
 * `adminTokenHash` gives the SHA-256 (hex) of the token in force. Make one for all routes that ask for the token:
 * it holds the count of wrong ones. A connection that showed the right token is not held up by others' guesses.
 */
export function createAuthenticateAdmin(deps: {
  adminTokenHash: () => string;
  clock: Clock;
}): AuthenticateAdmin {
  const limit = createGuessLimit(deps.clock);
  const trusted = new WeakSet<Socket>();

  function passes(request: FastifyRequest): boolean {
    const token = bearer(request);
    if (token === null) return false;
    const { socket } = request.raw;
    const address = socket.remoteAddress ?? '';
    if (!trusted.has(socket) && !limit.mayTry(address)) return false;
    const digest = createHash('sha256').update(token).digest();
    const expected = Buffer.from(deps.adminTokenHash(), 'hex');
    if (expected.length === digest.length && timingSafeEqual(expected, digest)) {
      trusted.add(socket);
      return true;
    }
    limit.wrong(address, digest.toString('base64'));
    return false;
  }

  return async (request, reply) => {
    if (passes(request)) return;
    reply.header('www-authenticate', 'Bearer realm="Sluice"').header('cache-control', 'no-store');
    return refuseControl(
      reply,
      'UNAUTHORIZED',
      'The admin token is missing or wrong. After too many wrong ones, wait a minute.',
    );
  };
}
