// Makes the system start Sluice at login, hidden, or not.
import { homedir } from 'node:os';
import { app } from 'electron';
import { macLoginItem, windowsLoginItem } from './loginItem.ts';
import { autostartEntry, autostartFile, programOf, writeAutostart } from './xdgAutostart.ts';

/** The program as the system has to call it. */
function command(): [program: string, ...args: string[]] {
  const program = programOf(process.execPath, process.env);
  return app.isPackaged ? [program, '--hidden'] : [program, app.getAppPath(), '--hidden'];
}

/**
 * Brings the system in line with the setting. Unless the user has just `changed` it, an entry that another copy of the
 * program made is left alone, and so is what was switched off in the system's settings. Throws where the system refuses.
 */
export function followLaunchAtLogin(wanted: boolean, changed: boolean): void {
  const call = command();
  if (process.platform === 'linux') {
    const entry = autostartEntry(call);
    writeAutostart(autostartFile(process.env, homedir()), { entry, wanted, force: changed });
    return;
  }
  const [path, ...args] = call;
  const wish = { wanted, changed, packaged: app.isPackaged };
  const standing = app.getLoginItemSettings({ path, args });
  const item =
    process.platform === 'win32' ? windowsLoginItem(wish, call, standing) : macLoginItem(wish, standing);
  if (item) app.setLoginItemSettings(item);
}

/** Whether nobody asked for the window: the system started the program, or `--hidden` says so. */
export function startedHidden(argv: readonly string[]): boolean {
  if (argv.includes('--hidden')) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
