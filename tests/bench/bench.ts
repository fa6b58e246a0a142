// `npm run bench`: fast upstream, bare pipe and gateway as processes of their own, the same load on both, one table; then the
// window's part (`--only window` for it alone).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientSecret, startGateway } from './gateway.ts';
import type { RoundResult } from './load.ts';
import { startLoadGenerator } from './loadGenerator.ts';
import { type MeasuredProcess, startMeasured, waitForPrint } from './measuredProcess.ts';
import { type Comparison, formatReport, median, type Report } from './table.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Exit code 1 where a goal is missed. */
    check: { type: 'boolean', default: false },
    /** A second pipe in the gateway's place: how far the figures can be trusted on this machine. */
    noise: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    events: { type: 'string', default: '50' },
    /** Folder for a CPU profile of the gateway, to open in a browser's developer tools. */
    profile: { type: 'string' },
    /** Part of a kind's name: only these are measured. */
    only: { type: 'string', default: '' },
    /** Share of the usual number of requests, for a quick look. */
    scale: { type: 'string', default: '1' },
  },
});

const kinds = [
  { name: 'JSON chat', stream: false, imageBytes: 0, requests: 4_000, concurrency: 10, goal: 1.25 },
  {
    name: `stream of ${flags.events} events`,
    stream: true,
    imageBytes: 0,
    requests: 600,
    concurrency: 60,
    goal: 1.1,
  },
  { name: '5 MB image', stream: false, imageBytes: 5_000_000, requests: 80, concurrency: 4, goal: 1.5 },
] as const;
type Kind = (typeof kinds)[number];

/** Records and events are written in batches a little later; that work belongs to the round. */
const settleMs = 700;

interface Sample {
  cpuUs: number;
  mainThreadUs: number;
  result: RoundResult;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const stops: (() => unknown)[] = [];

async function startProcess(file: string, args: string[]) {
  const process = startMeasured(here(file), args);
  stops.push(() => process.stop());
  return { process, url: await waitForPrint(process, /http:\/\/\S+/) };
}

async function main(): Promise<Report> {
  const joinGateway = async () => {
    const started = await startGateway(upstream.url, flags.profile ?? null);
    stops.push(started.stop);
    return started;
  };
  const upstream = await startProcess('../fakes/fakeUpstream.ts', ['--fast', '--events', flags.events]);
  const pipe = await startProcess('./pipe.ts', ['--upstream', upstream.url]);
  const gateway = flags.noise
    ? await startProcess('./pipe.ts', ['--upstream', upstream.url])
    : await joinGateway();
  const load = startLoadGenerator();
  stops.push(load.stop);

  const round = async (
    target: { process: MeasuredProcess; url: string },
    kind: Kind,
    share = 1,
  ): Promise<Sample> => {
    const requests = Math.max(kind.concurrency, Math.round(kind.requests * Number(flags.scale) * share));
    const { stream, imageBytes, concurrency } = kind;
    const before = await target.process.reading();
    const result = await load.play({
      url: target.url,
      key: clientSecret,
      stream,
      imageBytes,
      requests,
      concurrency,
    });
    await sleep(settleMs);
    const after = await target.process.reading();
    return {
      cpuUs: (after.cpuUs - before.cpuUs) / result.requests,
      mainThreadUs: (after.mainThreadUs - before.mainThreadUs) / result.requests,
      result,
    };
  };

  const rounds = Number(flags.rounds);
  const comparisons: Comparison[] = [];
  for (const kind of kinds.filter(({ name }) => name.includes(flags.only))) {
    for (const target of [pipe, gateway]) for (let warm = 0; warm < 2; warm += 1) await round(target, kind);
    const pairs: { pipe: Sample; gateway: Sample }[] = [];
    for (let index = 0; index < rounds; index += 1) {
      // Whoever goes second meets a warmer machine; they take turns.
      const [first, second] = index % 2 === 0 ? [pipe, gateway] : [gateway, pipe];
      const [one, two] = [await round(first, kind), await round(second, kind)];
      pairs.push(index % 2 === 0 ? { pipe: one, gateway: two } : { pipe: two, gateway: one });
    }
    const middle = (read: (pair: (typeof pairs)[number]) => number) => median(pairs.map(read));
    comparisons.push({
      name: kind.name,
      requests: pairs[0]?.gateway.result.requests ?? 0,
      rounds,
      concurrency: kind.concurrency,
      pipeCpuUs: middle((pair) => pair.pipe.cpuUs),
      gatewayCpuUs: middle((pair) => pair.gateway.cpuUs),
      gatewayMainThreadUs: middle((pair) => pair.gateway.mainThreadUs),
      ratio: middle((pair) => pair.gateway.cpuUs / pair.pipe.cpuUs),
      goal: kind.goal,
      addedP50Ms: middle((pair) => pair.gateway.result.totalMs.p50 - pair.pipe.result.totalMs.p50),
      addedP99Ms: middle((pair) => pair.gateway.result.totalMs.p99 - pair.pipe.result.totalMs.p99),
      addedFirstByteP50Ms: middle(
        (pair) => pair.gateway.result.firstByteMs.p50 - pair.pipe.result.firstByteMs.p50,
      ),
      gatewayPerSecond: middle((pair) => pair.gateway.result.requests / pair.gateway.result.seconds),
    });
  }
  return {
    node: process.versions.node,
    cpus: cpus().length,
    comparisons,
    pipeRssMB: (await pipe.process.reading()).rssBytes / 1024 / 1024,
    gatewayRssMB: (await gateway.process.reading()).rssBytes / 1024 / 1024,
  };
}

/** A process of its own, so that nothing of the load lingers in it. */
async function measureWindow(): Promise<void> {
  const child = spawn(process.execPath, [here('./window.ts')], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the window's part ended with ${code}`);
}

try {
  if (flags.only === 'window') {
    await measureWindow();
    process.exit();
  }
  const report = await main();
  process.stdout.write(`${flags.json ? JSON.stringify(report, null, 2) : formatReport(report)}\n`);
  const missed = report.comparisons.some((row) => row.ratio > row.goal);
  process.exitCode = flags.check && missed ? 1 : 0;
  if (!flags.only && !flags.json && !flags.noise) await measureWindow();
} finally {
  for (const stop of stops.reverse()) await stop();
}
