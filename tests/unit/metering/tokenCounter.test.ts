import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countTokens } from '../../../main/metering/countTokens.ts';
import { createTokenCounter, type TokenCounterOptions } from '../../../main/metering/createTokenCounter.ts';

const counterFile = join(import.meta.dirname, '../../../main/metering/createTokenCounter.ts');

function counter(options?: TokenCounterOptions) {
  const made = createTokenCounter(options);
  onTestFinished(() => made.close());
  return made;
}

/** Long enough that only a guess can come sooner. */
const patient = { patienceMs: 20_000 };

describe('counting', () => {
  test('is o200k_base’s, control tokens as plain text', () => {
    expect(countTokens('')).toBe(0);
    expect(countTokens('hello world')).toBe(2);
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(3);
    expect(countTokens('今天天气很好')).toBeLessThan(8);
  });

  test('takes linear time on text that is hostile to it, and is right within a few percent', () => {
    const hostile: [string, number | null][] = [
      ['a'.repeat(100_000), 100_000 / 8],
      [' '.repeat(100_000), null],
      ['\n'.repeat(100_000), null],
      ['-=*'.repeat(30_000), null],
      ['ก'.repeat(30_000), 30_000],
      [`word ${'x'.repeat(300)} `.repeat(300), null],
    ];
    for (const [text, expected] of hostile) {
      const begun = performance.now();
      const tokens = countTokens(text);
      // Uncut, each of these takes seconds or minutes.
      expect(performance.now() - begun).toBeLessThan(2000);
      expect(tokens).toBeGreaterThan(0);
      if (expected !== null) expect(Math.abs(tokens / expected - 1)).toBeLessThan(0.1);
    }
  });
});

describe('the token counter', () => {
  test('counts in its worker, many at once', async () => {
    const { count } = counter(patient);
    const texts = Array.from({ length: 50 }, (_, n) => 'some words here. '.repeat(n));
    expect(await Promise.all(texts.map(count))).toEqual(texts.map(countTokens));
    expect(await count('')).toBe(0);
  });

  test('counts texts beyond its bound by samples', async () => {
    const { count } = counter({ ...patient, longestText: 40_000 });
    const text = Array.from({ length: 40_000 }, (_, n) => `word${n} and some more; `).join('');
    expect(Math.abs((await count(text)) / countTokens(text) - 1)).toBeLessThan(0.05);
  });

  test('guesses where the worker is too slow, and counts again later', { timeout: 60_000 }, async () => {
    const impatient = counter({ patienceMs: 0 });
    expect(await impatient.count('x'.repeat(4000))).toBe(1000);
    // The worker still has that text: nobody waits behind it.
    const begun = performance.now();
    expect(await impatient.count('好'.repeat(4))).toBe(3);
    expect(performance.now() - begun).toBeLessThan(100);

    const { count } = counter({ patienceMs: 3000 });
    const words = 'hello world '.repeat(10);
    const deadline = Date.now() + 30_000;
    while ((await count(words)) !== countTokens(words)) expect(Date.now()).toBeLessThan(deadline);
  });

  test('starts another worker after an idle one has ended', async () => {
    const { count } = counter({ ...patient, idleMs: 10 });
    for (let round = 0; round < 3; round++) {
      expect(await count('hello world')).toBe(2);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  test('leaves the main thread free', async () => {
    const { count } = counter(patient);
    await count('warm');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await count('The quick brown fox jumps over the lazy dog. '.repeat(30_000));
    delay.disable();
    // The same on this thread takes a hundred milliseconds and more.
    expect(delay.percentile(50) / 1e6).toBeLessThan(50);
  });

  test('answers with guesses once it is closed, and does not keep a process alive', async () => {
    const closed = createTokenCounter();
    const open = closed.count('x'.repeat(400));
    await closed.close();
    expect(await open).toBe(100);
    expect(await closed.count('x'.repeat(400))).toBe(100);
    await closed.close();

    const script = `
      import { createTokenCounter } from ${JSON.stringify(counterFile)};
      const { count } = createTokenCounter({ patienceMs: 20_000 });
      console.log(await count('hello world'));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
    expect([run.status, run.stdout.toString(), run.stderr.toString()]).toEqual([0, '2\n', '']);
  });
});
