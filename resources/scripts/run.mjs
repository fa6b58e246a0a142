// Runs one command to its end and keeps what it printed; nothing here decides what to run.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { inRoot, node24, root } from './root.mjs';

/** The environment for children: our Node first on the path, so that `node` means Node 24 everywhere. */
export function childEnv(extra = {}) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const parts = [inRoot('node_modules', '.bin'), process.env[key]].filter(Boolean);
  return { ...process.env, [key]: parts.join(path.delimiter), ...extra };
}

/**
 * Resolves with the exit code (1 where it could not start, 124 where the time limit ended it) and the output.
 * `show: true` prints the output as it comes; it is kept either way.
 */
export function run(command, args, { show = false, limitMs = 0, env = {}, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: childEnv(env),
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const chunks = [];
    let timedOut = false;
    const keep = (target) => (chunk) => {
      chunks.push(chunk);
      if (show) target.write(chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    const timer = limitMs > 0 ? setTimeout(stop, limitMs) : null;
    function stop() {
      timedOut = true;
      child.kill('SIGKILL');
    }
    const end = (code) => {
      if (timer) clearTimeout(timer);
      resolve({ code: timedOut ? 124 : code, output: Buffer.concat(chunks).toString('utf8') });
    };
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** npm, found the same way on every system: beside the npm that started us, else on the path. */
export function runNpm(args, options = {}) {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  if (cli?.endsWith('.js')) return run(node ?? process.execPath, [cli, ...args], options);
  return process.platform === 'win32'
    ? run('npm.cmd', args, { ...options, shell: true })
    : run('npm', args, options);
}

/** A script of node_modules on Node 24. */
export function runNode(args, options = {}) {
  return run(node24(), args, options);
}
