// Decides what the system is told about starting at login. What somebody switched off in the system's own settings stays off until
// the setting is changed here. Pure.

interface Wish {
  wanted: boolean;
  /** The person has just said so here. */
  changed: boolean;
  packaged: boolean;
}

/** What is looked at of Electron's LoginItemSettings. */
interface Standing {
  openAtLogin: boolean;
  status: string;
  launchItems: readonly { scope: string; enabled: boolean }[];
}

/** Electron's Settings, or null to leave the system alone. `args` go as they are: Electron quotes what has to be quoted. */
export function windowsLoginItem(
  { wanted, changed, packaged }: Wish,
  [program, ...args]: readonly [program: string, ...args: string[]],
  { launchItems }: Standing,
): { openAtLogin: boolean; path: string; args: string[]; enabled: boolean } | null {
  if (!changed && !(wanted && packaged)) return null;
  // The entry is written at each start, for the program may have moved; Task Manager's word on it is kept.
  const refused = launchItems.some(({ scope, enabled }) => scope === 'user' && !enabled);
  return { openAtLogin: wanted, path: program, args, enabled: changed || !refused };
}

/** The same for macOS, where the system itself knows which program it is. */
export function macLoginItem(
  { wanted, changed, packaged }: Wish,
  { openAtLogin, status }: Standing,
): { openAtLogin: boolean } | null {
  // Unpackaged, macOS would register Electron itself.
  if (!packaged || openAtLogin === wanted) return null;
  if (wanted && !changed && status === 'requires-approval') return null;
  return { openAtLogin: wanted };
}
