// Whether the Windows taskbar is dark: the registry's word, for Electron knows it only from the first change on, and then too late.
import { execFile } from 'node:child_process';
import path from 'node:path';

const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize';
const value = 'SystemUsesLightTheme';

/** What `reg query` prints -> whether the taskbar is dark; null where the value is not there. */
export function readTaskbarDark(printed: string): boolean | null {
  const found = new RegExp(`^\\s*${value}\\s+REG_DWORD\\s+0x([0-9a-f]+)\\s*$`, 'im').exec(printed)?.[1];
  return found === undefined ? null : Number.parseInt(found, 16) === 0;
}

/** Null where the system does not say. */
export function askTaskbarDark(env: Readonly<Record<string, string | undefined>>): Promise<boolean | null> {
  const program = path.win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe');
  return new Promise((resolve) => {
    execFile(program, ['query', key, '/v', value], { windowsHide: true, timeout: 5_000 }, (error, printed) =>
      resolve(error ? null : readTaskbarDark(printed)),
    );
  });
}
