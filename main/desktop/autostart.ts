// Makes the system start Sluice at login, hidden, or not.
import { homedir } from 'node:os';
import { app } from 'electron';
import { autostartEntry, autostartFile, programOf, writeAutostart } from './xdgAutostart.ts';

/** The program as the system has to call it. */
function command(): [program: string, ...args: string[]] {
  const program = programOf(process.execPath, process.env);
  return app.isPackaged ? [program, '--hidden'] : [program, app.getAppPath(), '--hidden'];
}

/**
 * Brings the system in line with the setting. Unless the user has just `changed` it, an entry that another copy of the
 * program made is left alone. Throws where the system refuses.
 */
export function followLaunchAtLogin(wanted: boolean, changed: boolean): void {
  const [program, ...args] = command();
  if (process.platform === 'linux') {
    const entry = autostartEntry([program, ...args]);
    writeAutostart(autostartFile(process.env, homedir()), { entry, wanted, force: changed });
  } else if (process.platform === 'win32') {
    if (changed || (wanted && app.isPackaged))
      app.setLoginItemSettings({ openAtLogin: wanted, path: program, args: args.map((arg) => `"${arg}"`) });
  } else if (app.isPackaged && app.getLoginItemSettings().openAtLogin !== wanted) {
    // Unpackaged, macOS would register Electron itself.
    app.setLoginItemSettings({ openAtLogin: wanted });
  }
}

/** Whether nobody asked for the window: the system started the program, or `--hidden` says so. */
export function startedHidden(argv: readonly string[]): boolean {
  if (argv.includes('--hidden')) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
