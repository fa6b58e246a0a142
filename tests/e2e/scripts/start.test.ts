// `npm start` and `npm run serve` as a person runs them, on the compiled program.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
let dataDir = '';
let child: ChildProcess | null = null;
let said = '';

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-start-'));
  said = '';
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function start(script: string, flags: string[], env: NodeJS.ProcessEnv = {}): void {
  child = spawn(
    process.execPath,
    [`resources/scripts/${script}`, '--data-dir', dataDir, '--vault', 'memory', ...flags],
    {
      cwd: repository,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes) => {
      said += bytes;
    });
  }
}

/** Waits until it says so; a build may come before. */
async function hear(pattern: RegExp): Promise<RegExpExecArray> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const found = pattern.exec(said);
    if (found) return found;
    if (child?.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`never said ${pattern}:\n${said}`);
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  if (!child) throw new Error('nothing runs');
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
}

const noDisplay = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };

test.skipIf(process.platform !== 'linux')(
  'npm start says why there is no desktop and serves the dashboard (Linux can lack a display)',
  async () => {
    start('start.mjs', ['--port', '0'], noDisplay);
    await hear(/^No desktop here: there is no display .*\.$/m);
    const [, dashboard = ''] = await hear(/Dashboard: (http:\/\/\S+)/);
    const page = await fetch(dashboard, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<div id="root">');
    expect(JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8'))).toMatchObject({
      pid: expect.any(Number),
    });
    expect(await stop('SIGTERM')).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')(
  'npm run serve passes flags, signals and exit codes through (signals are POSIX)',
  async () => {
    start('serve.mjs', ['--port', '0', '--log-level', 'warn']);
    const [, port = ''] = await hear(/http:\/\/localhost:(\d+)/);
    const health = await fetch(`http://localhost:${port}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok' });
    expect(await stop('SIGINT')).toBe(0);
  },
);

test('wrong flags end with 2, wrong settings too', async () => {
  start('serve.mjs', ['--port', 'eighty']);
  if (child) expect((await once(child, 'close'))[0]).toBe(2);
  expect(said).toContain('eighty');
  writeFileSync(path.join(dataDir, 'settings.json'), '{"endpoints":[{"id":"x","baseUrl":"nowhere"}]}');
  said = '';
  start('serve.mjs', ['--port', '0']);
  if (child) expect((await once(child, 'close'))[0]).toBe(2);
  expect(said).toContain('endpoints[0].baseUrl');
});
