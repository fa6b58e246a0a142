import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '../../reporter/summary.ts';
import { ended, repository } from './runScript.ts';

/** A run of its own over tests that pass, fail, break and skip in every way there is. */
async function runFixture(): Promise<Summary> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-summary-'));
  const file = path.join(folder, 'summary.json');
  const program = path.join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const root = path.join(repository, 'tests', 'fixtures', 'reporter');
  try {
    const child = spawn(process.execPath, [program, 'run', '--root', root], {
      env: { ...process.env, SLUICE_TEST_SUMMARY: file, VITEST: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await ended(child);
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('passes, failures and skips are counted for what they are', async () => {
  const summary = await runFixture();
  expect(summary.passed).toBe(2);
  expect(summary.skipped).toEqual([
    { name: 'mixed.case.ts > named (needs a printer)', reason: 'needs a printer' },
    { name: 'mixed.case.ts > said', reason: 'no scanner here' },
    { name: 'mixed.case.ts > suite (needs a fax) > inside', reason: 'needs a fax' },
  ]);
  expect(summary.failed.map((line) => line.replace(/:.*$/, ''))).toEqual(
    expect.arrayContaining([
      'mixed.case.ts > fails',
      'mixed.case.ts > silent (skipped without a reason)',
      'mixed.case.ts > broken hook',
      'mixed.case.ts > broken hook > never runs (not run)',
      'unloadable.case.ts',
      'outside any test',
    ]),
  );
  expect(summary.failed).toHaveLength(6);
});
