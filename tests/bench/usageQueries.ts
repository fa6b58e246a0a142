// Builds a usage.db of a million records over thirty days and prints how long each question takes. `node tests/bench/usageQueries.ts [records]`
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordFilter } from '../../main/contract/schemas/record.ts';
import { spans } from '../../main/contract/schemas/usage.ts';
import { createUsageStore } from '../../main/store/usage/createUsageStore.ts';
import { manyRecord, writeManyRecords } from './manyRecords.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const now = Date.now();
const recordAt = (n: number) => manyRecord(n, total, now);

const folder = mkdtempSync(join(tmpdir(), 'sluice-usage-bench-'));
const options = {
  file: join(folder, 'usage.db'),
  retentionDays: 365,
  maxDatabaseMB: 65_536,
  timeZone: 'America/New_York',
};
try {
  const started = performance.now();
  writeManyRecords(options, total, now);
  const seconds = (performance.now() - started) / 1000;
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
    ['heat map', () => store.heatMap({ now })],
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
