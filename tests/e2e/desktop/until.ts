/** Asks until it is so; says what it saw last where that takes too long. */
export async function until<T>(
  ask: () => Promise<T> | T,
  enough: (value: T) => boolean,
  ms = 30_000,
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const value = await ask();
    if (enough(value)) return value;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(value)} after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
