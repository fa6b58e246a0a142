// The connection to Redis and its circuit: whether it may be asked now, and finding the way back. It knows nothing of limits.
import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import type { RedisAddress } from './parseRedisUrl.ts';
import { RedisAnswerError, RedisSlowError, type RedisTrouble, redisTrouble } from './redisTrouble.ts';
import { type ScriptName, scripts } from './scripts.ts';

/** Sends a script; rejects where no numbers come back in time. */
export type Ask = (
  script: ScriptName,
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<readonly number[]>;

export interface RedisLink {
  /** Whether Redis may be asked. While it may not, nobody is to wait for it. */
  readonly up: boolean;
  /** Where this rejects, the link is down and looks after itself. */
  readonly run: Ask;
  /** `goodbye` is sent where the link is up; it gets the time of one command. */
  close(goodbye: (client: Redis) => Promise<unknown>): Promise<void>;
}

export interface RedisLinkDeps {
  readonly address: RedisAddress;
  /** The longest time that anybody waits for an answer. */
  readonly commandMs: number;
  /** How often the greeting is repeated. */
  readonly heartbeatMs: number;
  /** Finds out whether Redis can count. The link is up once this has resolved; `isNew` says whether it was down until now. */
  greet(ask: Ask, isNew: () => boolean): Promise<void>;
  /** What is in the way, when that begins or Redis itself gives another reason; null when it is over. */
  onTrouble(trouble: RedisTrouble | null): void;
}

const connectMs = 3_000;
/** Pauses between attempts to reach Redis. */
const retryMs = [100, 200, 400, 800, 1_500, 2_000] as const;

function numbersOf(answer: unknown): number[] {
  const parts: unknown[] = Array.isArray(answer) ? answer : [];
  const numbers = parts.filter((part): part is number => Number.isSafeInteger(part));
  if (numbers.length < 4 || numbers.length < parts.length) throw new RedisAnswerError();
  return numbers;
}

/** Rejects after `ms`. An answer that already lies in the socket when a busy loop finds the time to look is still taken. */
function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => reject(new RedisSlowError(ms))), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Nothing that a fresh connection would cure: it is worth asking again on this one, without a word. */
function isPassing(error: unknown): boolean {
  return error instanceof RedisSlowError || (error instanceof Error && error.message.startsWith('NOSCRIPT'));
}

function connect({ address, commandMs }: RedisLinkDeps, nextPause: () => number): Redis {
  return new Redis({
    host: address.host,
    port: address.port,
    db: address.db,
    ...(address.username === null ? {} : { username: address.username }),
    ...(address.password === null ? {} : { password: address.password }),
    ...(address.tls ? { tls: isIP(address.host) === 0 ? { servername: address.host } : {} } : {}),
    connectionName: 'sluice',
    protocol: 2,
    connectTimeout: connectMs,
    disconnectTimeout: commandMs,
    // The guard of the handshake; everything else has a shorter one.
    commandTimeout: 4 * commandMs,
    // What could not be asked is not asked later: by then it has been decided without Redis.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    disableClientInfo: true,
    retryStrategy: nextPause,
  });
}

/** Begins to connect and returns at once: a server that is down is no error here. */
export function createRedisLink(deps: RedisLinkDeps): RedisLink {
  const { commandMs } = deps;
  let up = false;
  let closed = false;
  let greeting = false;
  let failures = 0;
  let lastError: unknown = null;
  let told: RedisTrouble | null = null;
  const hashes = new Map<ScriptName, string>();

  const nextPause = (): number => retryMs[Math.min(failures++, retryMs.length - 1)] ?? 0;
  const client = connect(deps, nextPause);

  function tell(trouble: RedisTrouble | null): void {
    if (closed || (trouble === null && told === null)) return;
    // While it lasts only Redis' own words are news; how the connection ended this time is not.
    if (trouble !== null && told !== null && (!trouble.said || trouble.text === told.text)) return;
    told = trouble;
    deps.onTrouble(trouble);
  }

  function fall(error: unknown): void {
    up = false;
    tell(redisTrouble(error));
    if (client.status === 'ready' || client.status === 'connect') client.disconnect(true);
  }

  const ask: Ask = async (script, keys, args) => {
    const sent = client.evalsha(hashes.get(script) ?? '', keys.length, ...keys, ...args);
    return numbersOf(await within(commandMs, sent));
  };

  async function prepare(): Promise<void> {
    // The client goes on in database 0 where the wanted one is refused.
    if (deps.address.db > 0) await within(commandMs, client.select(deps.address.db));
    const names = Object.keys(scripts) as ScriptName[];
    const loaded = Promise.all(names.map((name) => client.script('LOAD', scripts[name])));
    for (const [index, hash] of (await within(commandMs, loaded)).entries()) {
      const name = names[index];
      if (name !== undefined) hashes.set(name, String(hash));
    }
  }

  async function probe(): Promise<void> {
    if (greeting || closed || client.status !== 'ready') return;
    greeting = true;
    try {
      if (!up) await prepare();
      await deps.greet(ask, () => !up);
    } catch (error) {
      greeting = false;
      if (up) stumble(error);
      else fall(error);
      return;
    }
    greeting = false;
    if (closed || client.status !== 'ready') return;
    if (up) failures = 0;
    up = true;
    tell(null);
  }

  /** A command of a link that was up went wrong. */
  function stumble(error: unknown): void {
    if (!up || closed) return;
    up = false;
    if (isPassing(error)) void probe();
    else fall(error);
  }

  client.on('ready', () => void probe());
  client.on('error', (error) => {
    lastError = error;
  });
  client.on('close', () => {
    up = false;
    tell(redisTrouble(lastError));
    lastError = null;
  });
  client.on('end', () => {
    if (!closed) setTimeout(() => !closed && client.connect().catch(() => {}), nextPause()).unref();
  });
  const heartbeat = setInterval(() => void probe(), deps.heartbeatMs).unref();

  return {
    get up() {
      return up;
    },
    async run(script, keys, args) {
      try {
        return await ask(script, keys, args);
      } catch (error) {
        stumble(error);
        throw error;
      }
    },
    async close(goodbye) {
      if (closed) return;
      closed = true;
      clearInterval(heartbeat);
      if (up) await within(commandMs, goodbye(client)).catch(() => {});
      up = false;
      client.disconnect();
    },
  };
}
