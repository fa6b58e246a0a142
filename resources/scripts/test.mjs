// Every suite there is, then the one line that counts them. Arguments narrow the run: `npm test -- tests/unit/base`.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureDebianPackages } from './debianPackages.mjs';
import { ensureBuild } from './outputs.mjs';
import { cacheDir, commandOf, readJson, say } from './root.mjs';
import { runNode } from './run.mjs';
import { command, setUp } from './setUp.mjs';

const total = { passed: 0, failed: [], skipped: [] };

function passed(name) {
  total.passed += 1;
  say(`✓ ${name}`);
}

function failed(name, output) {
  total.failed.push(name);
  say(`✗ ${name}\n${output}`);
}

async function check(name, args) {
  const { code, output } = await runNode(args);
  if (code === 0) passed(name);
  else failed(name, output);
}

async function build() {
  try {
    await ensureBuild();
    passed('build');
  } catch (error) {
    failed('build', error.message);
  }
}

async function vitest(args) {
  const file = path.join(cacheDir, `test-summary-${process.pid}.json`);
  mkdirSync(cacheDir, { recursive: true });
  const { code } = await runNode([commandOf('vitest'), 'run', ...args], {
    show: true,
    env: { SLUICE_TEST_SUMMARY: file, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
  });
  const summary = readJson(file);
  rmSync(file, { force: true });
  if (!summary) {
    total.failed.push(`vitest ended with code ${code} before it could count`);
    return;
  }
  total.passed += summary.passed;
  total.failed.push(...summary.failed);
  total.skipped.push(...summary.skipped);
  if (code !== 0 && summary.failed.length === 0) total.failed.push(`vitest ended with code ${code}`);
}

function report() {
  for (const { name, reason } of total.skipped) say(`skipped: ${name}: ${reason}`);
  for (const name of total.failed) say(`failed: ${name}`);
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
  say(`${total.passed} passed, ${total.failed.length} failed${skipped}`);
  return total.failed.length > 0 ? 1 : 0;
}

await command(async (args) => {
  await setUp({ build: false });
  if (args.length === 0) await ensureDebianPackages();
  await build();
  if (args.length === 0) {
    await check('types', [commandOf('typescript', 'tsc'), '--noEmit']);
    await check('format and lint', [commandOf('@biomejs/biome', 'biome'), 'check', '.']);
  }
  await vitest(args);
  return report();
});
