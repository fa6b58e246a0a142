// Reads flags and environment of the headless program (CONTRACT section 2): flag, then environment, then settings.json, then default.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type LogLevel, logLevels } from './base/log.ts';
import type { VaultChoice } from './platform.ts';
import { parseRedisUrl } from './store/redis/parseRedisUrl.ts';

/** A flag or variable that can't be right. The program ends with exit code 2. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

export interface HeadlessFlags {
  dataDir: string | null;
  host: string | null;
  port: number | null;
  configFile: string | null;
  vault: VaultChoice;
  vaultPassphrase: string | null;
  adminToken: string | null;
  clientKey: string | null;
  redisUrl: string | null;
  logLevel: LogLevel;
  help: boolean;
}

export const usage = `Usage: npm run serve -- [flags]

  --data-dir DIR     where settings, usage and logs are kept     SLUICE_DATA_DIR
  --host ADDR        address to listen on (127.0.0.1)            SLUICE_HOST
  --port N           port to listen on (8282; 0 = any free)      SLUICE_PORT, PORT
  --config FILE      read-only settings file to import at start  SLUICE_CONFIG
  --vault KIND       keychain, file or memory                    SLUICE_VAULT
  --redis URL        share limits between several gateways       SLUICE_REDIS_URL, REDIS_URL
  --log-level LEVEL  debug, info, warn or error                  SLUICE_LOG_LEVEL, DEBUG_MODE=true
  --help             this text

By environment only: SLUICE_VAULT_PASSPHRASE (file vault), SLUICE_ADMIN_TOKEN (dashboard and /control),
SLUICE_CLIENT_KEY (one more client key). Each may be read from a file instead: SLUICE_ADMIN_TOKEN_FILE=/run/secrets/token.
`;

type Environment = Readonly<Record<string, string | undefined>>;

function choose<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((option) => option === value);
  if (!found) throw new FlagError(`${what} must be one of ${allowed.join(', ')}; it is "${value}".`);
  return found;
}

function readPort(what: string, value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) throw new FlagError(`${what} must be a number from 0 to 65535; it is "${value}".`);
  return port;
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        'data-dir': text,
        host: text,
        port: text,
        config: text,
        vault: text,
        redis: text,
        'log-level': text,
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
    }).values;
  } catch (error) {
    throw new FlagError(`${(error as Error).message.split('. ')[0]}. Run with --help to see the flags.`);
  }
}

/** The URL itself is not repeated in the error: it may hold a password. */
function readRedisUrl(what: string, value: string): string {
  try {
    parseRedisUrl(value);
    return value;
  } catch (error) {
    throw new FlagError(`${what}: ${(error as Error).message}`);
  }
}

/** A secret given as such, or as `NAME_FILE`, the way containers and systemd hand out secrets; the file's last line break is not part of it. */
function readSecret(name: string, env: Environment): string | null {
  const value = env[name];
  if (value) return value;
  const file = env[`${name}_FILE`];
  if (!file) return null;
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new FlagError(`${name}_FILE: "${file}" can't be read (${why}).`);
  }
  if (secret === '') throw new FlagError(`${name}_FILE: "${file}" is empty.`);
  return secret;
}

/** Throws FlagError. Empty variables count as absent. */
export function readFlags(argv: readonly string[], env: Environment): HeadlessFlags {
  const flags = parse(argv);
  const variable = (...names: string[]): { name: string; value: string } | null => {
    for (const name of names) {
      const value = env[name];
      if (value) return { name, value };
    }
    return null;
  };
  const pick = (
    flag: string | undefined,
    flagName: string,
    ...names: string[]
  ): { name: string; value: string } | null =>
    flag !== undefined ? { name: flagName, value: flag } : variable(...names);

  const port = pick(flags.port, '--port', 'SLUICE_PORT', 'PORT');
  const vault = pick(flags.vault, '--vault', 'SLUICE_VAULT');
  const redis = pick(flags.redis, '--redis', 'SLUICE_REDIS_URL', 'REDIS_URL');
  const level = pick(flags['log-level'], '--log-level', 'SLUICE_LOG_LEVEL');
  return {
    dataDir: pick(flags['data-dir'], '--data-dir', 'SLUICE_DATA_DIR')?.value ?? null,
    host: pick(flags.host, '--host', 'SLUICE_HOST')?.value ?? null,
    port: port && readPort(port.name, port.value),
    configFile: pick(flags.config, '--config', 'SLUICE_CONFIG')?.value ?? null,
    vault: vault ? choose(vault.name, vault.value, ['keychain', 'file', 'memory']) : 'auto',
    vaultPassphrase: readSecret('SLUICE_VAULT_PASSPHRASE', env),
    adminToken: readSecret('SLUICE_ADMIN_TOKEN', env),
    clientKey: readSecret('SLUICE_CLIENT_KEY', env),
    redisUrl: redis && readRedisUrl(redis.name, redis.value),
    logLevel: level
      ? choose(level.name, level.value, logLevels)
      : env.DEBUG_MODE === 'true'
        ? 'debug'
        : 'info',
    help: flags.help ?? false,
  };
}
