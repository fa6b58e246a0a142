import { utilityProcess } from 'electron';
import type { StartChild } from '../store/childProcess.ts';

/** Electron's way to a process of its own: Node's fork needs a fuse that is off. Works once the app is ready. */
export const startUtility: StartChild = (file, environment) => {
  const env = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const child = utilityProcess.fork(file, [], { env, stdio: 'ignore', serviceName: 'Sluice Keychain' });
  let wanted = true;
  // SIGTERM, which `kill()` sends, waits for the very thread that hangs.
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  child.on('spawn', () => wanted || end());
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', () => listener()),
    kill() {
      wanted = false;
      end();
    },
  };
};
