// Reads the address of a Redis server. What is wrong with it is said without repeating it: it may hold a password.
import { isIP } from 'node:net';

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
  /** Belongs into the redactor before anything is logged. */
  readonly password: string | null;
  readonly db: number;
  readonly tls: boolean;
  /** The address without its credentials, for people. */
  readonly shown: string;
}

export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';
  constructor(what: string) {
    super(`${what}. It looks like redis://user:password@host:6379/0, or rediss:// for TLS.`);
  }
}

function decoded(text: string): string | null {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RedisUrlError('The user or password of the Redis URL is not percent-encoded');
  }
}

/** Throws RedisUrlError. */
export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    throw new RedisUrlError('The Redis URL is not one');
  }
  const db = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1];
  if (db === undefined) throw new RedisUrlError('The path of the Redis URL is not the number of a database');
  const tls = url.protocol === 'rediss:';
  const port = url.port === '' ? 6379 : Number(url.port);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    username: decoded(url.username),
    password: decoded(url.password),
    db: Number(db),
    tls,
    shown: `${url.protocol}//${url.hostname}:${port}/${Number(db)}`,
  };
}

/** True where what is said does not leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
