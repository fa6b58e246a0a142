// Scrolls the list of requests through a store of 100,000 in real Chromium, down and up, and prints frame times and the page's memory.
// `node tests/bench/scrollRequests.ts [records]`, after `npm run build`.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium, openPage, signIn } from '../e2e/dashboard/chromium.ts';
import { startHeadless } from '../e2e/dashboard/headlessProgram.ts';
import { writeManyRecords } from './manyRecords.ts';

const total = Number(process.argv[2] ?? 100_000);
const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-scroll-'));
writeManyRecords(
  { file: path.join(dataDir, 'usage.db'), retentionDays: 365, maxDatabaseMB: 65_536, timeZone: 'UTC' },
  total,
  Date.now(),
);
const gateway = await startHeadless({ dataDir });
const browser = await launchChromium();

/**
 * Scrolls by so many pixels a frame, at most so many frames, until the end stands still for a second or the top is reached;
 * milliseconds of each frame.
 */
function scrollThrough({
  step,
  atMost,
}: {
  step: number;
  atMost: number;
}): Promise<{ frames: number[]; rows: number }> {
  const list = document.querySelector<HTMLElement>('[role="listbox"]');
  if (!list) throw new Error('there is no list');
  const frames: number[] = [];
  return new Promise((resolve) => {
    let before = performance.now();
    let still = 0;
    const frame = (now: number) => {
      frames.push(now - before);
      before = now;
      const top = list.scrollTop;
      list.scrollTop = top + step;
      still = list.scrollTop === top ? still + 1 : 0;
      const row = list.querySelector<HTMLElement>('[aria-setsize]');
      if (frames.length < atMost && still < (step < 0 ? 1 : 90)) requestAnimationFrame(frame);
      else resolve({ frames, rows: Number(row?.getAttribute('aria-setsize')) });
    };
    requestAnimationFrame(frame);
  });
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

try {
  const { page } = await openPage(browser);
  await signIn(page, gateway.url, gateway.token);
  await page.goto(`${gateway.url}/#/requests`);
  await page.locator('[data-index="0"]').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return `${(usedSize / 1024 / 1024).toFixed(1)} MB`;
  };
  console.log(`heap at the top                ${await heap()}`);
  // A wheel turned quickly moves about 100 pixels a frame; a thumb that is dragged, any number of them.
  for (const [name, step, atMost] of [
    ['wheel, 60 px a frame', 60, 600],
    ['quick wheel, 200 px a frame', 200, 600],
    ['down, 1,000 px a frame', 1000, 10_000],
    ['up, 1,000 px a frame', -1000, 10_000],
    ['down again, 20,000 px a frame', 20_000, 10_000],
  ] as const) {
    const { frames, rows } = await page.evaluate(scrollThrough, { step, atMost });
    const sorted = frames.slice(1).sort((a, b) => a - b);
    const late = sorted.filter((ms) => ms > 34).length;
    console.log(
      `${name.padEnd(30)} ${String(frames.length).padStart(5)} frames of ${at(sorted, 0.5)} ms, 95 % below ${at(sorted, 0.95)} ms, ` +
        `99 % below ${at(sorted, 0.99)} ms, ${late} above 34 ms; ${rows} rows known, heap ${await heap()}`,
    );
  }
} finally {
  await browser.close();
  await gateway.stop();
}
