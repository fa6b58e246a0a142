// How long a person waits for a window: from the click on the tray to its first paint, and to its largest one (the page with its
// numbers). node tests/bench/windowPaint.ts [--runs N] [--root FOLDER], on a built program; FOLDER is another one to compare with.
// The windows are the stand-in's: pages of a real Chromium that is already running, every file served by the program itself.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { wordsFor } from '../../main/desktop/words.ts';
import type { Desktop, WindowKind } from '../e2e/desktop/desktop.ts';
import { launchStandIn } from '../e2e/desktop/standInDriver.ts';
import { makeDataDir, removeDataDir, repository } from '../e2e/desktop/surroundings.ts';
import { until } from '../e2e/desktop/until.ts';

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '10' }, root: { type: 'string', default: repository } },
});
const runs = Number(options.runs);
const words = wordsFor('en', 'en');
/** Nothing is painted for the first time this long after the page was there. */
const settledMs = 700;

interface Paint {
  /** Until the window asks for its page: what the shell takes. */
  asked: number;
  first: number;
  largest: number;
  files: number;
  kilobytes: number;
}

/** Milliseconds since `clickedAt` (Unix ms). */
async function paintOf(page: Page, clickedAt: number): Promise<Paint> {
  await page.waitForTimeout(settledMs);
  const seen = await page.evaluate(
    () =>
      new Promise<{ asked: number; first: number; largest: number; files: number; bytes: number }>(
        (resolve) => {
          const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
          const { startTime = Number.NaN } = performance.getEntriesByName('first-contentful-paint')[0] ?? {};
          new PerformanceObserver((list) =>
            resolve({
              asked: performance.timeOrigin,
              first: performance.timeOrigin + startTime,
              largest: performance.timeOrigin + (list.getEntries().at(-1)?.startTime ?? Number.NaN),
              files: files.length,
              bytes: files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
            }),
          ).observe({ type: 'largest-contentful-paint', buffered: true });
        },
      ),
  );
  return {
    asked: seen.asked - clickedAt,
    first: seen.first - clickedAt,
    largest: seen.largest - clickedAt,
    files: seen.files,
    kilobytes: seen.bytes / 1024,
  };
}

async function measure(desktop: Desktop, kind: WindowKind): Promise<Paint[]> {
  const paints: Paint[] = [];
  // The first one starts Chromium; it does not count.
  for (let run = 0; run <= runs; run++) {
    const clickedAt = Date.now();
    if (kind === 'panel') await desktop.tray.press();
    else await desktop.tray.click(words.openWindow);
    const paint = await paintOf(await desktop.page(kind), clickedAt);
    if (run > 0) paints.push(paint);
    await desktop.closeWindow();
    await until(desktop.windows, (windows) => windows.length === 0);
    // A click that follows too soon is taken for the one that closed the window.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return paints;
}

function describe(paints: Paint[], of: (paint: Paint) => number): string {
  const sorted = paints.map(of).sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
  return `${at(0.5)} (${at(0)}–${at(1)})`;
}

const dataDir = makeDataDir();
const demo = { endpoints: [{ id: 'demo', kind: 'openai', name: 'Demo', baseUrl: 'demo://local/v1' }] };
writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(demo));
const desktop = await launchStandIn({ dataDir, root: path.resolve(options.root), args: ['--hidden'] });
try {
  await until(desktop.tray.look, (look) => look === 'on');
  const hasPanel = (await desktop.tray.rows()).some(({ label }) => label === words.openPanel);
  console.log(`${runs} runs each, in ms from the click: median (least–most)`);
  for (const kind of hasPanel ? (['panel', 'full'] as const) : (['full'] as const)) {
    const paints = await measure(desktop, kind);
    const [one] = paints;
    console.log(
      `${kind.padEnd(6)} page asked for ${describe(paints, ({ asked }) => asked)}, first paint ${describe(paints, ({ first }) => first)}, ` +
        `largest ${describe(paints, ({ largest }) => largest)}; ` +
        `${one?.files} files, ${Math.round(one?.kilobytes ?? 0)} kB`,
    );
  }
} finally {
  await desktop.kill();
  if (existsSync(dataDir)) removeDataDir(dataDir);
}
