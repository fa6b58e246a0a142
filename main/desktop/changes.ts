// A value that windows follow: each of them is told how it stands, and then each change. Who is slow hears the latest only.

export interface Changes<T> {
  readonly now: T;
  set(value: T): void;
  /** Begins with the value as it stands; ends with the signal. */
  follow(signal?: AbortSignal): AsyncGenerator<T, void, void>;
}

export function createChanges<T>(first: T): Changes<T> {
  let now = first;
  let turn = Promise.withResolvers<void>();

  return {
    get now() {
      return now;
    },
    set(value) {
      if (value === now) return;
      now = value;
      turn.resolve();
      turn = Promise.withResolvers();
    },
    async *follow(signal) {
      const { promise: left, resolve: leave } = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => leave(), { once: true });
      while (!signal?.aborted) {
        const next = turn.promise;
        const told = now;
        yield told;
        // What came while it was being told is not missed.
        if (now === told) await Promise.race([next, left]);
      }
    },
  };
}
