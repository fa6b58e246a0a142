import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createUsageLink } from '../../../main/store/usage/usageLink.ts';
import type { Batch } from '../../../main/store/usage/writeBatch.ts';
import { failedRecord, sampleRecord } from '../../unit/usage/sampleRecord.ts';
import { testFolder } from '../../unit/usage/testEngine.ts';
import { findWrong, openStore, rowsOf, until } from './openStore.ts';

const createUsageStoreFile = join(import.meta.dirname, '../../../main/store/usage/createUsageStore.ts');

describe('the usage store', () => {
  test('writes by itself, soon, and answers', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store, troubles } = await openStore(file);
    const waits: number[] = [];
    for (let n = 1; n <= 20; n++) {
      store.add(sampleRecord());
      const added = performance.now();
      await until('the record is on disk', () => rowsOf(file, 'SELECT 1 FROM records').length === n);
      waits.push(performance.now() - added);
    }
    // Other processes share this machine: the median is what the promise is about.
    expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(200);

    const failed = failedRecord();
    store.add(failed);
    const day = '2026-10-14';
    store.count({ scope: 'account:openai/a1', day, requests: 1, tokens: 10, costUsd: 0.5 });
    store.count({ scope: 'account:openai/a1', day, requests: 1, tokens: -4, costUsd: 0 });
    store.count({ scope: 'account:openai/a1', day: '2026-10-13', requests: 9, tokens: 9, costUsd: 9 });
    const now = Date.now();
    for (const age of [0, 30_000, 90_000]) {
      store.addCall({ scope: 'clientKey:default', time: now - age, tokens: 7 });
    }
    await store.flush();
    expect(await store.restore(day, now - 60_000)).toEqual({
      days: [{ scope: 'account:openai/a1', day, requests: 2, tokens: 6, costUsd: 0.5 }],
      calls: [
        { scope: 'clientKey:default', time: now - 30_000, tokens: 7 },
        { scope: 'clientKey:default', time: now, tokens: 7 },
      ],
    });
    expect(await store.get(failed.id)).toEqual(failed);
    expect(await store.get('nobody')).toBeNull();
    expect((await store.list({ limit: 5 })).records[0]).toEqual(failed);
    const summary = await store.summary({ span: '1h', now, timeZone: 'UTC' });
    expect([summary.totals.requests, summary.totals.errors]).toEqual([21, 1]);
    const series = await store.series({ span: '24h', now });
    expect(series.points.at(-1)?.requests ?? 0).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  test('keeps everything over a restart, for the owner’s eyes only', async () => {
    const file = join(testFolder(), 'usage.db');
    const first = await openStore(file);
    const records = Array.from({ length: 300 }, () => sampleRecord());
    for (const record of records) first.store.add(record);
    await first.store.flush();
    for (const part of ['', '-wal', '-shm']) expect(statSync(file + part).mode & 0o777).toBe(0o600);
    for (const agent of ['b', 'c', 'd', 'e', 'f', 'g', '']) {
      first.store.add(
        sampleRecord({ userAgent: agent, time: Date.now() + 1000 + (agent.codePointAt(0) ?? 0) }),
      );
    }
    await first.store.close();
    expect(readdirSync(join(file, '..'))).toEqual(['usage.db']);
    first.store.add(sampleRecord());
    expect(await first.store.list({ limit: 5 })).toEqual({ records: [], nextCursor: null });

    const { store } = await openStore(file);
    expect((await store.summary({ span: '24h', now: Date.now(), timeZone: 'UTC' })).totals.requests).toBe(
      307,
    );
    expect(await store.get(records[17]?.id ?? '')).toEqual(records[17]);
    const [activity] = await store.clientKeyActivity();
    expect(activity?.clientKeyId).toBe('default');
    expect(activity?.agents.map(({ userAgent }) => userAgent).slice(0, 3)).toEqual(['g', 'f', 'e']);
    expect(activity?.hours.reduce((sum, count) => sum + count)).toBe(307);
    expect(findWrong(file)).toBeNull();
  });

  test('a page that is looked for long is whole, and writing goes on meanwhile', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store } = await openStore(file);
    const start = Date.now() - 3_600_000;
    for (let n = 0; n < 30_000; n++) {
      store.add(sampleRecord({ time: start + n, endpointId: n % 10_000 === 0 ? 'rare' : 'common' }));
    }
    await store.flush();
    const page = await store.list({ limit: 10, endpointId: 'rare' });
    expect(page.records.map(({ time }) => time - start)).toEqual([20_000, 10_000, 0]);
    expect(page.nextCursor).toBeNull();
  });

  test('other connections read while it writes', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store, troubles } = await openStore(file);
    let seen = 0;
    for (let round = 0; round < 40; round++) {
      for (let n = 0; n < 50; n++) store.add(sampleRecord());
      const [row] = rowsOf<{ n: number; m: number }>(
        file,
        "SELECT (SELECT count(*) FROM records) n, (SELECT ifnull(sum(requests), 0) FROM rollups WHERE size = 'hour') m",
      );
      // A reader sees whole batches: records and roll-ups of one transaction.
      expect(row?.n).toBe(row?.m);
      expect(row?.n).toBeGreaterThanOrEqual(seen);
      seen = row?.n ?? 0;
      const answers = [
        store.list({ limit: 20 }),
        store.series({ span: '60s', now: Date.now() }),
        store.flush(),
      ];
      await Promise.all(answers);
    }
    expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: 2000 }]);
    expect(troubles).toEqual([]);
  });

  test('does not keep a process alive, and is written down by close', () => {
    const file = join(testFolder(), 'usage.db');
    const script = (last: string) => `
      import { createUsageStore } from ${JSON.stringify(createUsageStoreFile)};
      const store = await createUsageStore({
        file: ${JSON.stringify(file)}, retentionDays: 1, maxDatabaseMB: 16, timeZone: 'UTC', onTrouble() {} });
      store.count({ scope: 'a', day: '2026-10-14', requests: 1, tokens: 1, costUsd: 1 });
      ${last}`;
    const run = (last: string) =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script(last)], { timeout: 15_000 });
    const idle = run('');
    expect([idle.status, idle.stderr.toString()]).toEqual([0, '']);
    const closed = run('await store.close(); console.log("closed");');
    expect([closed.status, closed.stdout.toString()]).toEqual([0, 'closed\n']);
    expect(
      rowsOf<{ requests: number }>(file, 'SELECT requests FROM counts')[0]?.requests,
    ).toBeGreaterThanOrEqual(1);
  });

  test('a worker that dies is replaced, and a batch of unknown fate is written once', async () => {
    const file = join(testFolder(), 'usage.db');
    const events: string[] = [];
    const records = [sampleRecord(), sampleRecord()];
    const counts = [{ scope: 'a', day: '2026-10-14', requests: 2, tokens: 2, costUsd: 2 }];
    const batch: Batch = { number: 1, sender: 'me', now: Date.now(), records, bodies: [], counts, calls: [] };
    const link = await createUsageLink(
      { file, retentionDays: 90, maxDatabaseMB: 512, timeZone: 'UTC' },
      {
        opened() {
          events.push('opened');
          if (events.length > 1) link.write(batch);
        },
        written: (number, state) => events.push(`written ${number} ${state.trouble}`),
        noticed: () => {},
        died: (reason) => events.push(`died ${reason.slice(0, 15)}`),
      },
    );
    link.write(batch);
    // No message of this shape exists: the worker writes the batch, then dies of this.
    link.write(undefined as unknown as Batch);
    await until(
      'another worker has written',
      () => events.filter((event) => event === 'written 1 null').length === 2,
    );
    expect(events).toContainEqual(expect.stringMatching(/^died /));
    await link.close();
    expect(rowsOf(file, 'SELECT requests FROM counts')).toEqual([{ requests: 2 }]);
    expect(findWrong(file)).toBeNull();
  });
});

describe('files that can’t be written', () => {
  test('a folder without permission: says so, serves on, recovers by itself', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write everywhere');
    const folder = join(testFolder(), 'locked');
    mkdirSync(folder, { mode: 0o500 });
    const file = join(folder, 'usage.db');
    const { store, troubles } = await openStore(file);
    expect(troubles).toEqual([expect.stringMatching(/permissions of the data folder/)]);
    for (let n = 0; n < 100; n++) store.add(sampleRecord());
    await store.flush();
    expect(await store.list({ limit: 5 })).toEqual({ records: [], nextCursor: null });
    chmodSync(folder, 0o700);
    await until('it works again', () => troubles.at(-1) === null);
    await until(
      'everything is written',
      async () => (await store.list({ limit: 500 })).records.length === 100,
    );
    expect(troubles).toHaveLength(2);
  });

  test('a file in place of the folder: says so, serves on, recovers by itself', async () => {
    const folder = testFolder();
    const { writeFileSync, rmSync } = await import('node:fs');
    writeFileSync(join(folder, 'data'), '');
    const file = join(folder, 'data', 'usage.db');
    const { store, troubles } = await openStore(file);
    expect(troubles).toEqual([expect.stringMatching(/usage\.db/)]);
    for (let n = 0; n < 100; n++) store.add(sampleRecord());
    store.count({ scope: 'a', day: '2026-10-14', requests: 1, tokens: 1, costUsd: 1 });
    await store.flush();
    expect(await store.list({ limit: 5 })).toEqual({ records: [], nextCursor: null });
    expect(await store.restore('2026-10-14', 0)).toEqual({ days: [], calls: [] });
    expect((await store.summary({ span: '30d', now: Date.now(), timeZone: 'UTC' })).totals.requests).toBe(0);
    expect((await store.series({ span: '1h', now: Date.now() })).points).toHaveLength(60);
    rmSync(join(folder, 'data'));
    await until('it works again', () => troubles.at(-1) === null);
    await until(
      'everything is written',
      async () => (await store.list({ limit: 500 })).records.length === 100,
    );
    expect((await store.restore('2026-10-14', 0)).days).toHaveLength(1);
    expect(troubles).toHaveLength(2);
  });

  test('a file that is locked by another program for long', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store, troubles } = await openStore(file);
    const { default: Database } = await import('better-sqlite3');
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    store.add(sampleRecord());
    await until('the lock is noticed', () => troubles.length === 1, 20_000);
    expect(troubles[0]).toMatch(/locked by another program/);
    other.exec('COMMIT');
    other.close();
    await until('it works again', () => troubles.at(-1) === null);
    expect((await store.list({ limit: 5 })).records).toHaveLength(1);
  });
});

test('a store that was closed twice, or under load, is closed', async () => {
  const file = join(testFolder(), 'usage.db');
  const { store } = await openStore(file);
  for (let n = 0; n < 5000; n++) store.add(sampleRecord());
  await Promise.all([store.close(), store.close()]);
  await sleep(0);
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: 5000 }]);
});
