// Builds a usage.db of a million records over thirty days and prints how long each question takes. `node tests/bench/usageQueries.ts [records]`
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordFilter, RequestRecord } from '../../main/contract/schemas/record.ts';
import { spans } from '../../main/contract/schemas/usage.ts';
import { createUsageStore } from '../../main/store/usage/createUsageStore.ts';
import { createUsageEngine } from '../../main/store/usage/usageEngine.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const days = 30;
const now = Date.now();
const models = [
  'gpt-5.2',
  'gpt-4o',
  'claude-sonnet-4-5',
  'gemini-2.5-pro',
  'deepseek-chat',
  'qwen3-max',
  'glm-4.6',
  'kimi-k2',
];
const statuses = ['failed', 'cut', 'cancelled'] as const;

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

function recordAt(n: number): RequestRecord {
  const time = now - Math.floor((1 - n / total) * days * 86_400_000);
  const hash = (n * 2_654_435_761) % 4_294_967_296;
  const status = hash % 40 === 0 ? pick(statuses, hash >>> 8) : 'ok';
  const model = pick(models, hash >>> 4);
  const endpointId = `endpoint-${(hash >>> 7) % 5}`;
  const accountId = `a${(hash >>> 10) % 3}`;
  const attempt = {
    endpointId,
    accountId,
    upstreamModel: model,
    startMs: 1.4,
    durationMs: 2311.9,
    status: 200,
    outcome: 'ok' as const,
    reason: null,
    repairs: [],
  };
  return {
    id: `req_${time.toString(36)}${hash.toString(36).padStart(7, '0')}${n.toString(36)}`,
    time,
    clientKeyId: `key-${(hash >>> 12) % 6}`,
    userAgent: `OpenAI/Python 2.${hash % 9}.0`,
    operation: 'chat',
    stream: hash % 3 !== 0,
    clientModel: model,
    endpointId,
    accountId,
    upstreamModel: model,
    status,
    httpStatus: status === 'ok' ? 200 : 502,
    errorCode: status === 'ok' ? null : 'upstream_error',
    errorMessage: status === 'ok' ? null : `the upstream answered 500: overloaded (${n % 977})`,
    firstTokenMs: 200 + (hash % 900),
    totalMs: 900 + (hash % 9000),
    tokens: {
      input: 100 + (hash % 4000),
      output: 20 + (hash % 900),
      cached: 0,
      reasoning: 0,
      source: 'reported',
    },
    costUsd: hash % 17 === 0 ? null : 0.001,
    attempts: status === 'ok' ? [attempt] : [attempt, attempt],
    skipped: [],
    order: { strategy: 'random', sticky: false, peers: 2, behind: 1 },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'sluice-usage-bench-'));
const options = {
  file: join(folder, 'usage.db'),
  retentionDays: 365,
  maxDatabaseMB: 65_536,
  timeZone: 'America/New_York',
};
try {
  const engine = createUsageEngine(options);
  const started = performance.now();
  const batchSize = 200;
  for (let n = 0, number = 1; n < total; n += batchSize, number++) {
    const records = Array.from({ length: Math.min(batchSize, total - n) }, (_, index) => recordAt(n + index));
    const { trouble } = engine.write({ number, sender: 'bench', now, records, bodies: [], counts: [], calls: [] });
    if (trouble) throw new Error(trouble);
  }
  const seconds = (performance.now() - started) / 1000;
  engine.close();
  const megabytes = Math.round(statSync(options.file).size / 1024 / 1024);
  console.log(
    `${total} records written in ${seconds.toFixed(1)} s (${((seconds * 1e6) / total).toFixed(1)} µs each), ${megabytes} MB`,
  );

  const opening = performance.now();
  const store = await createUsageStore({
    ...options,
    onTrouble: (reason) => console.log('trouble:', reason),
  });
  console.log(`opened in ${(performance.now() - opening).toFixed(0)} ms`);
  const pruning = performance.now();
  await store.prune();
  console.log(`fine roll-ups pruned in ${((performance.now() - pruning) / 1000).toFixed(1)} s`);
  const page = (filter: Partial<RecordFilter>) => () => store.list({ limit: 100, ...filter });
  const middle = await store.list({ limit: 1, until: now - 15 * 86_400_000 });
  const questions: [string, () => Promise<unknown>][] = [
    ['list, first page', page({})],
    ['list, 500 a page', page({ limit: 500 })],
    ['list, in the middle', page({ cursor: middle.nextCursor ?? '' })],
    ['list, one day', page({ since: now - 9 * 86_400_000, until: now - 8 * 86_400_000 })],
    ['list, failed', page({ status: 'failed' })],
    ['list, model', page({ model: 'glm-4.6' })],
    ['list, model nobody asked for', page({ model: 'none' })],
    [
      'list, model, endpoint and key',
      page({ model: 'glm-4.6', endpointId: 'endpoint-2', clientKeyId: 'key-5' }),
    ],
    ['list, filters that never meet', page({ model: 'glm-4.6', status: 'cut', endpointId: 'nowhere' })],
    ['list, search that finds much', page({ search: 'gpt' })],
    ['list, search in errors', page({ search: '(976)' })],
    ['list, search that finds nothing', page({ search: 'zzzzzzzz' })],
    ['list, search of 100 wild cards', page({ search: '%_'.repeat(50) })],
    ['list, search of an old id', page({ search: recordAt(1234).id })],
    ['get', () => store.get(recordAt(4321).id)],
    ['client key activity', () => store.clientKeyActivity()],
    ['restore', () => store.restore('2026-01-01', now - 60_000)],
    ...spans.flatMap((span): [string, () => Promise<unknown>][] => [
      [`summary ${span}`, () => store.summary({ span, now, timeZone: 'America/New_York' })],
      [`series ${span}`, () => store.series({ span, now })],
    ]),
  ];
  // The check of the large file runs beside the first questions; they are timed once with it and three times without.
  for (const round of ['beside the check', 'again', 'again', 'again']) {
    console.log(`\n${round}`);
    let slowest = 0;
    for (const [name, question] of questions) {
      const begun = performance.now();
      await question();
      const ms = performance.now() - begun;
      slowest = Math.max(slowest, ms);
      if (round !== 'again' || ms > 100) console.log(`${name.padEnd(34)} ${ms.toFixed(1).padStart(7)} ms`);
    }
    console.log(`${'slowest'.padEnd(34)} ${slowest.toFixed(1).padStart(7)} ms`);
  }

  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
