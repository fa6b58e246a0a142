// What happens elsewhere, as an async generator. Unlike a generator function it ends at once, also while a reader waits in next().

export interface PushSink<T> {
  push(item: T): void;
  /** Nothing more will come; what waits is still read. */
  finish(): void;
}

export interface PushStreamOptions<T> {
  /** Abort ends the stream like `return()`: no error. */
  signal?: AbortSignal | undefined;
  /** Puts an item behind those that wait to be read, in place; where it should gather or bound them. */
  add?: (waiting: T[], item: T) => void;
}

/**
 * Starts the source at once; what it returns is called once, when the stream is over: read to its end, left by its reader, or aborted.
 */
export function createPushStream<T>(
  source: (sink: PushSink<T>) => () => void,
  { signal, add = (waiting, item) => void waiting.push(item) }: PushStreamOptions<T> = {},
): AsyncGenerator<T, void, void> {
  type Result = IteratorResult<T, void>;
  const waiting: T[] = [];
  const readers: ((result: Result) => void)[] = [];
  const over: Result = { done: true, value: undefined };
  let finished = false;
  let ended = false;
  let stop = (): void => {};

  function end(): void {
    if (ended) return;
    ended = true;
    stop();
    signal?.removeEventListener('abort', end);
    waiting.length = 0;
    for (const reader of readers.splice(0)) reader(over);
  }

  if (signal?.aborted) {
    ended = true;
  } else {
    signal?.addEventListener('abort', end, { once: true });
    stop = source({
      push(item) {
        if (ended || finished) return;
        const reader = readers.shift();
        if (reader) reader({ done: false, value: item });
        else add(waiting, item);
      },
      finish() {
        finished = true;
        if (waiting.length === 0) end();
      },
    });
    // A source may have nothing to say at all.
    if (ended) stop();
  }

  return {
    next() {
      const item = waiting.shift();
      if (finished && waiting.length === 0) end();
      if (item !== undefined) return Promise.resolve({ done: false, value: item });
      if (ended) return Promise.resolve(over);
      return new Promise<Result>((resolve) => readers.push(resolve));
    },
    return() {
      end();
      return Promise.resolve(over);
    },
    throw(error: unknown) {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]() {
      end();
      return Promise.resolve();
    },
  };
}
