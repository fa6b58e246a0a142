// Puts what went wrong with Redis into words that say what to mend. It never repeats a command or its arguments.

/** No answer in time. */
export class RedisSlowError extends Error {
  override readonly name = 'RedisSlowError';
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/** An answer that no script of ours gives. */
export class RedisAnswerError extends Error {
  override readonly name = 'RedisAnswerError';
  constructor() {
    super('an answer that makes no sense');
  }
}

export interface RedisTrouble {
  readonly text: string;
  /** Redis itself said so: it tells more than a connection that ended. */
  readonly said: boolean;
}

/** Redis begins its errors with a word in capitals. */
const answers: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a password, and the URL has none',
  WRONGPASS: 'it refuses the user or the password of the URL',
  NOPERM: 'its user may not run what is needed on keys below "sluice:"',
  READONLY: 'it is a read-only replica',
  OOM: 'its memory is full (maxmemory)',
  LOADING: 'it is still loading its data',
  MISCONF: 'it refuses writes because it cannot save them to disk',
  MASTERDOWN: 'it is a replica that has lost its master',
  BUSY: 'it is busy with a script',
  NOREPLICAS: 'it has too few replicas to accept writes',
  MOVED: 'it is part of a cluster, which is not supported',
  CROSSSLOT: 'it is part of a cluster, which is not supported',
};

export function redisTrouble(error: unknown): RedisTrouble {
  const message = error instanceof Error ? error.message : '';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const word = /^-?([A-Z]{2,})\b/.exec(message)?.[1] ?? '';
  const known = answers[word] ?? (/invalid password/i.test(message) ? answers.WRONGPASS : undefined);
  if (known !== undefined) return { text: known, said: true };
  if (error instanceof RedisSlowError) return { text: 'it does not answer in time', said: false };
  if (error instanceof RedisAnswerError) return { text: 'it gives answers that make no sense', said: true };
  if (typeof code === 'string') return { text: `it can't be reached (${code})`, said: false };
  if (word === 'ERR') return { text: `it refuses what is asked (${message.slice(0, 120)})`, said: true };
  return { text: 'the connection ended', said: false };
}
