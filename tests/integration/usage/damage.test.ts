import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { checkedAtOnceBytes } from '../../../main/store/usage/openDatabase.ts';
import { setAside } from '../../../main/store/usage/setAside.ts';
import { sampleRecord } from '../../unit/usage/sampleRecord.ts';
import { testEngine, testFolder } from '../../unit/usage/testEngine.ts';
import { findWrong, openStore, rowsOf, until } from './openStore.ts';

const day = '2026-10-14';

/** A closed usage.db with records, counts and roll-ups in it. */
async function filledFile(records = 200): Promise<string> {
  const file = join(testFolder(), 'usage.db');
  const { store } = await openStore(file);
  for (let n = 0; n < records; n++) store.add(sampleRecord());
  store.count({ scope: 'clientKey:default', day, requests: records, tokens: 1, costUsd: 1 });
  await store.close();
  return file;
}

function overwrite(file: string, at: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

function pageOf(file: string, table: string): number {
  return (
    rowsOf<{ rootpage: number }>(file, `SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`)[0]
      ?.rootpage ?? 0
  );
}

const asideOf = (file: string) =>
  readdirSync(join(file, '..')).filter((name) => /^usage\.db\.corrupt-\d{8}T\d{6}Z(-\d+)?$/.test(name));

describe('a damaged file', () => {
  test('that is no database is kept aside, a new one is started, and the person is told', async () => {
    const file = join(testFolder(), 'usage.db');
    const text = '{"this":"was somebody’s settings file"}'.repeat(10);
    writeFileSync(file, text);
    const { store, troubles } = await openStore(file);
    expect(troubles).toEqual([
      expect.stringMatching(/damaged \(usage\.db is not a database\).*kept as .*corrupt-/),
    ]);
    const [aside = ''] = asideOf(file);
    expect(readFileSync(join(file, '..', aside), 'utf8')).toBe(text);
    store.add(sampleRecord());
    await store.flush();
    expect((await store.list({ limit: 5 })).records).toHaveLength(1);
    expect(troubles).toHaveLength(1);
  });

  test('whose check fails at the start loses its records, not its counts and roll-ups', async () => {
    const file = await filledFile();
    overwrite(file, (pageOf(file, 'records') - 1) * 4096, Buffer.alloc(64, 0xff));
    const { store, troubles } = await openStore(file);
    expect(troubles).toEqual([expect.stringMatching(/damaged/)]);
    expect(asideOf(file)).toHaveLength(1);
    expect((await store.restore(day, 0)).days).toEqual([
      { scope: 'clientKey:default', day, requests: 200, tokens: 1, costUsd: 1 },
    ]);
    expect((await store.summary({ span: '30d', now: Date.now(), timeZone: 'UTC' })).totals.requests).toBe(
      200,
    );
    expect((await store.list({ limit: 5 })).records).toEqual([]);
    expect((await store.clientKeyActivity())[0]?.agents).toMatchObject([
      { userAgent: 'OpenAI/Python 2.1.0', firstUsedAt: null },
    ]);
  });

  test('that is damaged under our hands is replaced with the next batch', async () => {
    const file = await filledFile(3000);
    const { store, troubles } = await openStore(file);
    await store.flush();
    const size = statSync(file).size;
    for (let page = 2; page * 4096 < size; page++) overwrite(file, page * 4096, Buffer.alloc(64, 0xff));
    // What another connection writes makes the store forget the pages it has in memory.
    const other = new Database(file);
    other.pragma('application_id = 7');
    other.close();
    const added = [sampleRecord(), sampleRecord()];
    for (const record of added) store.add(record);
    await store.flush();
    expect(troubles).toEqual([expect.stringMatching(/damaged \(SQLITE_CORRUPT/)]);
    expect((await store.list({ limit: 5 })).records).toEqual(added.toReversed());
    await store.close();
    expect(rowsOf(file, 'PRAGMA quick_check')).toEqual([{ quick_check: 'ok' }]);
  });

  test('that is large is checked beside the work', { timeout: 60_000 }, async () => {
    const { engine, write, file } = testEngine();
    const note = 'x'.repeat(1900);
    while (!existsSync(file) || statSync(file).size <= checkedAtOnceBytes + 1024 * 1024) {
      write(Array.from({ length: 500 }, () => sampleRecord({ errorMessage: note, status: 'failed' })));
      new Database(file).pragma('wal_checkpoint(PASSIVE)');
    }
    engine.close();
    // A leaf in the middle, that nothing of the start touches.
    overwrite(file, Math.floor(statSync(file).size / 4096 / 2) * 4096, Buffer.alloc(64, 0xff));
    const { store, troubles } = await openStore(file);
    store.add(sampleRecord());
    await until('the check has told', () => troubles.length > 0);
    expect(troubles).toEqual([expect.stringMatching(/damaged/)]);
    expect(asideOf(file)).toHaveLength(1);
    await store.flush();
    store.add(sampleRecord());
    await store.flush();
    expect((await store.list({ limit: 5 })).records.length).toBeGreaterThan(0);
  });

  test('does not pile up: the newest three are kept', () => {
    const file = join(testFolder(), 'usage.db');
    const names: string[] = [];
    for (let n = 0; n < 6; n++) {
      writeFileSync(file, `${n}`);
      writeFileSync(`${file}-wal`, `${n}`);
      names.push(setAside(file, Date.UTC(2026, 0, 1, 0, 0, n)));
    }
    expect(existsSync(file)).toBe(false);
    expect(names.map((name) => existsSync(name))).toEqual([false, false, false, true, true, true]);
    expect(names.map((name) => existsSync(`${name}-wal`))).toEqual([false, false, false, true, true, true]);
    writeFileSync(file, 'again');
    expect(setAside(file, Date.UTC(2026, 0, 1, 0, 0, 5))).toMatch(/000005Z-2$/);
  });
});

test('a file of a newer version is left alone, and what is asked is answered empty', async () => {
  const file = await filledFile();
  const newer = new Database(file);
  newer.pragma('user_version = 77');
  newer.close();
  const before = readFileSync(file);
  const { store, troubles } = await openStore(file);
  expect(troubles).toEqual([expect.stringMatching(/newer version \(schema 77/)]);
  store.add(sampleRecord());
  store.count({ scope: 'a', day, requests: 1, tokens: 1, costUsd: 1 });
  await store.flush();
  expect((await store.list({ limit: 5 })).records).toEqual([]);
  expect(await store.restore(day, 0)).toEqual({ days: [], calls: [] });
  expect(await store.clientKeyActivity()).toEqual([]);
  await store.prune();
  await store.close();
  expect(readFileSync(file)).toEqual(before);
  expect(readdirSync(join(file, '..'))).toEqual(['usage.db']);
  expect(troubles).toHaveLength(1);
});

describe('a file that is deleted while the program runs', () => {
  test('is made anew, and the person is told', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store, troubles } = await openStore(file);
    store.add(sampleRecord());
    await store.flush();
    for (const part of ['', '-wal', '-shm']) rmSync(file + part);
    const record = sampleRecord();
    store.add(record);
    await store.flush();
    expect(troubles).toEqual([expect.stringMatching(/was deleted while the program ran/)]);
    expect((await store.list({ limit: 5 })).records).toEqual([record]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(findWrong(file)).toBeNull();
  });

  test('with its log left behind, too', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store } = await openStore(file);
    for (let n = 0; n < 100; n++) store.add(sampleRecord());
    await store.flush();
    rmSync(file);
    store.add(sampleRecord());
    await store.flush();
    await store.close();
    expect(findWrong(file)).toBeNull();
    expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: 1 }]);
  });

  test('or whose log is deleted, loses nothing', async () => {
    const file = join(testFolder(), 'usage.db');
    const { store, troubles } = await openStore(file);
    for (let n = 0; n < 100; n++) store.add(sampleRecord());
    await store.flush();
    for (const part of ['-wal', '-shm']) rmSync(file + part);
    store.add(sampleRecord());
    await store.flush();
    expect((await store.list({ limit: 500 })).records).toHaveLength(101);
    store.add(sampleRecord());
    await store.close();
    expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: 102 }]);
    expect(findWrong(file)).toBeNull();
    expect(troubles).toEqual([]);
  });
});
