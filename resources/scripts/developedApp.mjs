// The program under development: started, told apart by the address it prints, ended and started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRoot, root } from './root.mjs';
import { childEnv } from './run.mjs';

/** Streams may drain for as long as they like in production, not here. */
const patienceMs = 3_000;

/** `electron` is its program, or null for headless. `onEnd` hears of an end that nobody asked for. */
export function createDevelopedApp({ electron, flags, onEnd }) {
  let child = null;
  let port = null;
  const waiting = [];

  function heard(bytes) {
    process.stdout.write(bytes);
    const found = /http:\/\/[^\s/]+:(\d+)/.exec(String(bytes));
    if (!found) return;
    port = found[1];
    for (const tell of waiting.splice(0)) tell(found[0]);
  }

  function argsOf() {
    if (electron) return [root, '--remote-debugging-port=9223', ...flags];
    // A port picked by the system stays the same over restarts.
    return [inRoot('out', 'main', 'headless.js'), ...flags, ...(port ? ['--port', port] : [])];
  }

  async function stop() {
    const old = child;
    child = null;
    if (!old || old.exitCode !== null || old.signalCode !== null) return;
    const gone = once(old, 'exit');
    old.kill('SIGTERM');
    const timer = setTimeout(() => old.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(timer);
  }

  return {
    /** Resolves with the address once the headless gateway printed it. */
    address: () => new Promise((resolve) => waiting.push(resolve)),
    async restart() {
      await stop();
      const started = spawn(electron ?? process.execPath, argsOf(), {
        cwd: root,
        env: childEnv(),
        stdio: ['inherit', 'pipe', 'inherit'],
      });
      child = started;
      started.stdout.on('data', heard);
      started.on('exit', (code) => {
        if (child !== started) return;
        child = null;
        onEnd(code ?? 1);
      });
    },
    stop,
  };
}
