// What an open overview costs the gateway under load, and what its page costs the browser: in real Chromium, against a closed one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { findChromium, launchChromium, openPage, signIn } from '../e2e/dashboard/chromium.ts';
import { clientSecret, startGateway } from './gateway.ts';
import { startLoadGenerator } from './loadGenerator.ts';

const adminToken = 'sluice-bench-admin-token-0123456789';
const concurrency = 20;
const settleMs = 3000;

export interface PageCost {
  framesPerSecond: number;
  /** 95 of 100 frames came within this. */
  p95FrameMs: number;
  /** Milliseconds of the page's main thread in a second: its scripts, and all of its work. */
  scriptMsPerSecond: number;
  taskMsPerSecond: number;
}

export interface OverviewRound {
  requestsPerSecond: number;
  /** Percent of one core. */
  closedCpu: number;
  openCpu: number;
  page: PageCost;
}

export interface OverviewCost {
  seconds: number;
  /** An empty page under the same load: what the machine allows. */
  emptyPage: PageCost;
  rounds: OverviewRound[];
}

async function costOf(page: Page, seconds: number): Promise<PageCost> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const read = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? 0;
    return { script: metric('ScriptDuration'), task: metric('TaskDuration'), at: performance.now() };
  };
  const before = await read();
  const gaps = await page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const seen: number[] = [];
        const begun = performance.now();
        let last = begun;
        const step = (now: number) => {
          seen.push(now - last);
          last = now;
          if (now - begun < ms) requestAnimationFrame(step);
          else resolve(seen.slice(1));
        };
        requestAnimationFrame(step);
      }),
    seconds * 1000,
  );
  const after = await read();
  await devtools.detach();
  const passed = (after.at - before.at) / 1000;
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    framesPerSecond: (gaps.length * 1000) / total,
    p95FrameMs: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    scriptMsPerSecond: ((after.script - before.script) * 1000) / passed,
    taskMsPerSecond: ((after.task - before.task) * 1000) / passed,
  };
}

/** Null where there is no Chromium. Each round loads the gateway twice, first without and then with the overview. */
export async function measureOverview(
  upstreamUrl: string,
  options: { perSecond: number; seconds: number; rounds: number; profileDir: string | null },
): Promise<OverviewCost | null> {
  if (!findChromium()) return null;
  const { perSecond, seconds } = options;
  const gateway = await startGateway(upstreamUrl, options.profileDir, { adminToken });
  const load = startLoadGenerator();
  const browser = await launchChromium();
  try {
    /** Loads the gateway and measures it over the middle of the load. */
    async function underLoad<T>(measure: () => Promise<T>) {
      const lasting = seconds + (2 * settleMs) / 1000;
      const playing = load.play({
        url: gateway.url,
        key: clientSecret,
        stream: false,
        imageBytes: 0,
        requests: Math.round(perSecond * lasting),
        concurrency,
        perSecond,
      });
      await sleep(settleMs);
      const begun = performance.now();
      const before = await gateway.process.reading();
      const measured = await measure();
      const after = await gateway.process.reading();
      const cpu = (after.cpuUs - before.cpuUs) / 10 / (performance.now() - begun);
      const result = await playing;
      return { cpu, measured, requestsPerSecond: result.requests / result.seconds };
    }

    const opened = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    opened.page.setDefaultTimeout(60_000);
    await underLoad(() => sleep(1000));
    const empty = await underLoad(() => costOf(opened.page, seconds));
    const dashboard = gateway.url.replace(/v1$/, '');
    await signIn(opened.page, dashboard.replace(/\/$/, ''), adminToken);
    const rounds: OverviewRound[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      await opened.page.goto('about:blank');
      const closed = await underLoad(() => sleep(seconds * 1000));
      await opened.page.goto(dashboard);
      await opened.page.locator('nav').waitFor();
      const open = await underLoad(() => costOf(opened.page, seconds));
      rounds.push({
        requestsPerSecond: open.requestsPerSecond,
        closedCpu: closed.cpu,
        openCpu: open.cpu,
        page: open.measured,
      });
    }
    return { seconds, emptyPage: empty.measured, rounds };
  } finally {
    await browser.close();
    load.stop();
    await gateway.stop();
  }
}

const overviewGoals = { cpu: 5, framesPerSecond: 60 };

export function formatOverview(cost: OverviewCost): string {
  const page = ({ framesPerSecond, p95FrameMs, scriptMsPerSecond, taskMsPerSecond }: PageCost) =>
    [
      framesPerSecond.toFixed(1),
      p95FrameMs.toFixed(1),
      scriptMsPerSecond.toFixed(0),
      taskMsPerSecond.toFixed(0),
    ]
      .map((cell) => cell.padStart(10))
      .join('');
  const best = (read: (round: OverviewRound) => number, pick: (...values: number[]) => number) =>
    pick(...cost.rounds.map(read));
  // The least of each: what other programs of the machine add to one of two measurements is no cost of the overview.
  const extra = best((round) => round.openCpu, Math.min) - best((round) => round.closedCpu, Math.min);
  const frames = best((round) => round.page.framesPerSecond, Math.max);
  return [
    `An open overview under load, ${cost.seconds} s each, the best of ${cost.rounds.length} rounds counts`,
    `${'round'.padEnd(12)}${['req/s', 'closed %', 'open %', 'extra %', 'frames/s', 'p95 ms', 'script', 'all ms/s'].map((title) => title.padStart(10)).join('')}`,
    `${'empty page'.padEnd(12)}${''.padStart(40)}${page(cost.emptyPage)}`,
    ...cost.rounds.map(
      (round, index) =>
        `${String(index + 1).padEnd(12)}${[round.requestsPerSecond.toFixed(0), round.closedCpu.toFixed(1), round.openCpu.toFixed(1), (round.openCpu - round.closedCpu).toFixed(1)].map((cell) => cell.padStart(10)).join('')}${page(round.page)}`,
    ),
    `gateway's extra CPU ${extra.toFixed(1)} % of a core, goal < ${overviewGoals.cpu}: ${extra < overviewGoals.cpu ? 'met' : 'missed'}; ` +
      `${frames.toFixed(1)} frames a second, goal ${overviewGoals.framesPerSecond} (an empty page: ${cost.emptyPage.framesPerSecond.toFixed(1)}): ${frames >= overviewGoals.framesPerSecond - 0.5 ? 'met' : 'missed'}`,
  ].join('\n');
}
