// Tokens of a login. What the real ones look like is not known: here they can be JSON web tokens or say nothing.
import { createHash, randomBytes } from 'node:crypto';

export type TokenFormat = 'jwt' | 'opaque';

export interface Grant {
  readonly email: string;
  readonly access: string;
  refresh: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  /** The access token does not hold any longer. */
  expired: boolean;
  /** The refresh token went to a newer grant. */
  spent: boolean;
}

function jwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${signed}.${createHash('sha256').update(signed).digest('base64url')}`;
}

export function newTokens(email: string, about: { format: TokenFormat; lifetimeMs: number }): Grant {
  const expiresAt = Date.now() + about.lifetimeMs;
  const access =
    about.format === 'jwt'
      ? jwt({ sub: email, jti: randomBytes(8).toString('hex'), exp: Math.ceil(expiresAt / 1000) })
      : randomBytes(24).toString('hex');
  return {
    email,
    access,
    refresh: randomBytes(24).toString('hex'),
    expiresAt,
    expired: false,
    spent: false,
  };
}
