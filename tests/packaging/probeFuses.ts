// Tries on a program what its fuses forbid: to be used as Node, to be told what to load, to be looked into.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const startMs = 20_000;
const debugger_ = /Debugger (?:listening|attached)/;

interface Probe {
  name: string;
  args: string[];
  env: Record<string, string>;
}

function probes(folder: string, marker: string): Probe[] {
  const script = path.join(folder, 'loaded.cjs');
  const code = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`;
  writeFileSync(script, code);
  return [
    { name: 'runs as Node', args: ['-e', code], env: { ELECTRON_RUN_AS_NODE: '1' } },
    { name: 'runs a script as Node', args: [script], env: { ELECTRON_RUN_AS_NODE: '1' } },
    // Node reads quotes in it, and a backslash before anything as that.
    {
      name: 'heeds NODE_OPTIONS',
      args: [],
      env: { NODE_OPTIONS: `--require "${script.replaceAll('\\', '\\\\')}"` },
    },
    { name: 'heeds --require', args: ['--require', script], env: {} },
    { name: 'heeds --inspect', args: ['--inspect=127.0.0.1:0'], env: {} },
    { name: 'heeds --inspect-brk', args: ['--inspect-brk=127.0.0.1:0'], env: {} },
  ];
}

function saidBy(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes) => {
      text += bytes;
    });
  return () => text;
}

/** Starts it once; what it says, once it has ended or its time is over. */
async function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = saidBy(child);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const late = setTimeout(() => child.kill('SIGKILL'), startMs);
  // A debugger keeps the program waiting; nothing more is to be learned then.
  const seen = setInterval(() => debugger_.test(said()) && child.kill('SIGKILL'), 100);
  await ended;
  clearTimeout(late);
  clearInterval(seen);
  return said();
}

/** What the program lets be done to it, by name; none is as it should be. An instance of it runs, so that each start ends by itself. */
export async function probeFuses(program: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-fuses-'));
  const marker = path.join(folder, 'marker');
  const found: string[] = [];
  for (const probe of probes(folder, marker)) {
    rmSync(marker, { force: true });
    const said = await run(program, probe.args, { ...env, ...probe.env });
    if (existsSync(marker) || debugger_.test(said)) found.push(probe.name);
  }
  rmSync(folder, { recursive: true, force: true });
  return found;
}

/** Whether a running program opens its debugger on SIGUSR1; `said` is what it has written so far. */
export async function opensOnSignal(child: ChildProcess, said: () => string): Promise<boolean> {
  child.kill('SIGUSR1');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return debugger_.test(said());
}
