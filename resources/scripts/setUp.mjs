// What every command needs before it can start. Its errors are for people: a message, no stack.
import { ensureDependencies } from './dependencies.mjs';
import { ensureBuild } from './outputs.mjs';

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${process.versions.node} is too old: version 20.19 or later is needed`);
}

/** Dependencies, then (unless `build: false`) the compiled program. */
export async function setUp({ build = true } = {}) {
  checkNode();
  await ensureDependencies();
  if (build) await ensureBuild();
}

/** Runs a command's body; what it throws is said in one line and ends with code 1. */
export async function command(body) {
  try {
    process.exitCode = (await body(process.argv.slice(2))) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
