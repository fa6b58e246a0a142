import { useEffect, useState } from 'react';

/** Begins a stream that tells how something stands, and then each change. */
type Follow<T> = (signal: AbortSignal) => Promise<AsyncIterable<T>>;

const againMs = 2000;

/** The latest of what is followed; undefined until it is known. `follow` must stay the same function from one drawing to the next; null follows nothing. */
export function useFollowed<T>(follow: Follow<T> | null): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    if (!follow) return;
    const stopping = new AbortController();
    const { signal } = stopping;
    async function run(start: Follow<T>) {
      while (!signal.aborted) {
        try {
          for await (const next of await start(signal)) setValue(() => next);
        } catch {
          // Whatever ended it, the answer is the same: try again.
        }
        if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
    void run(follow);
    return () => stopping.abort();
  }, [follow]);
  return value;
}
