import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { createUsageEngine, type UsageEngine } from '../../../main/store/usage/usageEngine.ts';
import type { EngineOptions, FileState } from '../../../main/store/usage/usageMessages.ts';
import type { Batch } from '../../../main/store/usage/writeBatch.ts';

/** A folder that is gone after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-usage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestEngine {
  engine: UsageEngine;
  file: string;
  /** Writes a batch of the next number; throws where it was not stored. */
  write(records: readonly RequestRecord[], rest?: Partial<Batch>): FileState;
  /** Rows of a query, through a connection of its own. */
  rows<T = Record<string, unknown>>(sql: string, ...values: unknown[]): T[];
}

/** A real database in a folder of its own, without a worker thread. */
export function testEngine(options: Partial<EngineOptions> = {}): TestEngine {
  const file = options.file ?? join(testFolder(), 'usage.db');
  const engine = createUsageEngine({
    retentionDays: 90,
    maxDatabaseMB: 512,
    timeZone: 'UTC',
    ...options,
    file,
  });
  onTestFinished(() => engine.close());
  let number = 0;
  return {
    engine,
    file,
    write(records, rest = {}) {
      number += 1;
      const state = engine.write({
        number,
        sender: 'test',
        now: Date.now(),
        records,
        bodies: [],
        counts: [],
        calls: [],
        ...rest,
      });
      if (state.trouble !== null) throw new Error(state.trouble);
      return state;
    },
    rows<T>(sql: string, ...values: unknown[]) {
      const db = new Database(file, { readonly: true });
      try {
        return db.prepare<unknown[], T>(sql).all(...values);
      } finally {
        db.close();
      }
    },
  };
}
