// Lets one process at a time set things up. A lock left behind by a dead process is taken over.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './root.mjs';

const patienceMs = 10 * 60_000;

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function holder(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch {
    return null;
  }
}

/** Runs `work` while no other process of this checkout does. The lock stands outside node_modules, which comes and goes. */
export async function alone(work) {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = path.join(tmpdir(), `sluice-setup-${id}-${process.getuid?.() ?? 'user'}`);
  mkdirSync(path.dirname(file), { recursive: true });
  for (let waited = 0; ; waited += 200) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const pid = holder(file);
      if (pid === null ? waited > 2_000 : !alive(pid)) rmSync(file, { force: true });
      else if (waited > patienceMs) throw new Error(`process ${pid} has been setting up for ten minutes`);
      await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    if (holder(file) === process.pid) rmSync(file, { force: true });
  }
}
