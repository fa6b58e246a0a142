import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { createUsageEngine } from '../../../main/store/usage/usageEngine.ts';
import { sampleRecord } from '../../unit/usage/sampleRecord.ts';
import { testEngine, testFolder } from '../../unit/usage/testEngine.ts';
import { findWrong, rowsOf } from './openStore.ts';

/** What the issue promises: an answer that ended longer ago than this is counted, whatever happens. */
const promiseMs = 1000;

describe('kill -9 under load', () => {
  test('loses nothing that was written down, ten times over', { timeout: 120_000 }, async () => {
    const file = join(testFolder(), 'usage.db');
    /** run -> how many of it must be there */
    const promised = new Map<string, number>();
    for (let round = 0; round < 10; round++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'loadChild.ts'), file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const said: { at: number; kind: string; run: string; n: number }[] = [];
      const lines = createInterface({ input: child.stdout });
      const started = new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          const [kind = '', run = '', n = ''] = line.split(' ');
          said.push({ at: performance.now(), kind, run, n: Number(n) });
          resolve();
        });
      });
      const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
      await started;
      await sleep(promiseMs + 400 + Math.random() * 600);
      const killedAt = performance.now();
      child.kill('SIGKILL');
      await gone;
      expect(said.filter(({ kind }) => kind === 'trouble')).toEqual([]);
      for (const { at, kind, run, n } of said) {
        const sure = kind === 'flushed' || (kind === 'added' && at < killedAt - promiseMs);
        if (sure && at <= killedAt) promised.set(run, Math.max(promised.get(run) ?? 0, n));
      }
      expect(findWrong(file)).toBeNull();
    }

    expect(promised.size).toBe(10);
    const stored = rowsOf<{ run: string; n: number; last: number }>(
      file,
      `SELECT client_model run, count(*) n, max(CAST(substr(id, length(client_model) + 2) AS INTEGER)) last
       FROM records GROUP BY client_model`,
    );
    for (const { run, n, last } of stored) {
      expect(n).toBeGreaterThanOrEqual(promised.get(run) ?? 0);
      // No holes: what is missing is the end.
      expect([run, n]).toEqual([run, last]);
    }
    const records = stored.reduce((total, { n }) => total + n, 0);
    expect(rowsOf(file, 'SELECT requests FROM counts')).toEqual([{ requests: records }]);
  });
});

describe('a log that a power cut has torn', () => {
  const batches = 30;

  /** A database whose last batches lie in the log only, as copied from under a running program. */
  function snapshot(): { db: Buffer; log: Buffer } {
    const store = testEngine();
    store.engine.open();
    new Database(store.file).pragma('wal_checkpoint(TRUNCATE)');
    for (let batch = 1; batch <= batches; batch++) {
      store.write(Array.from({ length: 5 }, () => sampleRecord({ clientModel: `batch-${batch}` })));
    }
    return { db: readFileSync(store.file), log: readFileSync(`${store.file}-wal`) };
  }

  test('opens to the batches before the tear, a hundred times over', { timeout: 60_000 }, () => {
    const { db, log } = snapshot();
    const folder = testFolder();
    const kept = new Set<number>();
    for (let round = 0; round < 100; round++) {
      const file = join(folder, `${round}`, 'usage.db');
      mkdirSync(join(folder, `${round}`));
      writeFileSync(file, db);
      writeFileSync(`${file}-wal`, log);
      const at = Math.floor(Math.random() * log.length);
      if (round % 2 === 0) {
        truncateSync(`${file}-wal`, at);
      } else {
        const flipped = Buffer.from(log);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (round % 8));
        writeFileSync(`${file}-wal`, flipped);
      }
      const engine = createUsageEngine({ file, retentionDays: 90, maxDatabaseMB: 512, timeZone: 'UTC' });
      expect([round, at, engine.open()]).toEqual([round, at, { trouble: null, notice: null }]);
      engine.close();
      expect([round, at, findWrong(file)]).toEqual([round, at, null]);
      const found = rowsOf<{ model: string; n: number }>(
        file,
        'SELECT client_model model, count(*) n FROM records GROUP BY client_model ORDER BY min(seq)',
      );
      expect(found).toEqual(found.map((_, index) => ({ model: `batch-${index + 1}`, n: 5 })));
      kept.add(found.length);
    }
    // The tears were all over the log.
    expect(kept.size).toBeGreaterThan(10);
  });

  test('opens without its index file, and without its log', () => {
    const { db, log } = snapshot();
    for (const withLog of [true, false]) {
      const file = join(testFolder(), 'usage.db');
      writeFileSync(file, db);
      if (withLog) writeFileSync(`${file}-wal`, log);
      const engine = createUsageEngine({ file, retentionDays: 90, maxDatabaseMB: 512, timeZone: 'UTC' });
      expect(engine.open()).toEqual({ trouble: null, notice: null });
      engine.close();
      expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: withLog ? batches * 5 : 0 }]);
      copyFileSync(file, `${file}.copy`);
      expect(findWrong(`${file}.copy`)).toBeNull();
    }
  });
});
