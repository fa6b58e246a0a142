// The small modules that reach into the system: what they were told is kept for the tests.
import { fork } from 'node:child_process';
import path from 'node:path';
import { Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';
import { request } from './netRequest.ts';

/** What the program did to the system so far. */
export const seen = {
  clipboard: '',
  opened: [] as string[],
  /** Files and folders handed to the system's own programs. */
  shown: [] as string[],
  dialogs: [] as PendingDialog[],
};

interface PendingDialog {
  options: Electron.MessageBoxOptions;
  answer: (response: number) => void;
}

export const clipboard: Pick<Electron.Clipboard, 'writeText'> = {
  async writeText(text) {
    seen.clipboard = text;
  },
};

export const shell: Pick<Electron.Shell, 'openExternal' | 'openPath'> = {
  openExternal: async (address) => void seen.opened.push(address),
  async openPath(file) {
    seen.shown.push(file);
    return '';
  },
};

export const dialog = {
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    refuseUnknown('MessageBoxOptions', options);
    return new Promise((resolve) => {
      const pending: PendingDialog = {
        options,
        answer(response) {
          seen.dialogs.splice(seen.dialogs.indexOf(pending), 1);
          resolve({ response, checkboxChecked: false });
        },
      };
      seen.dialogs.push(pending);
    });
  },
};

/** One screen with a panel at its foot, and the cursor on the panel's tray. */
const display: Pick<Electron.Display, 'workArea'> = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = {
  getAllDisplays: () => [display],
  getDisplayNearestPoint: (_point: Electron.Point) => display,
  getCursorScreenPoint: (): Electron.Point => ({ x: 1800, y: 1060 }),
};

/** Whether the machine has a network; a test says otherwise. */
export const network = { online: true };
export const net = { isOnline: () => network.online, request };

export const powerMonitor = new Emitter<{ suspend: () => void; resume: () => void; shutdown: () => void }>();

interface UtilityEvents {
  spawn: () => void;
  message: (message: unknown) => void;
  exit: (code: number) => void;
}

class StandInUtility
  extends Emitter<UtilityEvents>
  implements Pick<Electron.UtilityProcess, 'postMessage' | 'kill' | 'pid'>
{
  readonly #child: ReturnType<typeof fork>;
  constructor(file: string, args: string[], options: Electron.ForkOptions) {
    super();
    refuseUnknown('ForkOptions', options);
    const parentPort = path.join(import.meta.dirname, 'parentPort.ts');
    this.#child = fork(file, args, {
      env: options.env as NodeJS.ProcessEnv,
      execArgv: ['--import', parentPort, '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1));
    this.#child.on('error', () => this.emit('exit', 1));
  }
  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined;
  }
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in does not model ports sent to utility processes');
    if (this.#child.connected) this.#child.send(message as object, () => {});
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork: (file: string, args: string[] = [], options: Electron.ForkOptions = {}): StandInUtility =>
    new StandInUtility(file, args, options),
};
