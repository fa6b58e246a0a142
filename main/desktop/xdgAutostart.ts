// Start at login on Linux: one .desktop file in the user's autostart folder, as the XDG specification has it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `<config folder>/autostart/sluice.desktop`; the config folder is `~/.config` where the environment does not say otherwise. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const config = env.XDG_CONFIG_HOME;
  const folder = config && path.isAbsolute(config) ? config : path.join(home, '.config');
  return path.join(folder, 'autostart', 'sluice.desktop');
}

/**
 * The file to start: an AppImage's own, for it runs from a mount that is gone after a restart. What another AppImage left in the
 * environment of the programs it started does not count.
 */
export function programOf(execPath: string, env: Readonly<Record<string, string | undefined>>): string {
  const { APPIMAGE: image, APPDIR: mount } = env;
  return image && mount && execPath.startsWith(`${mount}/`) ? image : execPath;
}

/** One argument as the Exec key wants it: quoted, with the characters escaped that mean something inside quotes. */
function quoted(argument: string): string {
  // Escaped once for the quotes; the escaping backslash is doubled once more for the file's own string values.
  const escaped = argument.replace(/[`$"\\]/g, (mark) => (mark === '\\' ? '\\\\\\\\' : `\\\\${mark}`));
  return `"${escaped.replaceAll('%', '%%')}"`;
}

export function autostartEntry(command: readonly string[]): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Sluice',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Desktops' settings keep what somebody switched off as the same entry with one of these lines. */
const switchedOff = /^(?:Hidden[ \t]*=[ \t]*true|X-GNOME-Autostart-enabled[ \t]*=[ \t]*false)[ \t]*$/m;

/**
 * Makes the file say `entry`, or removes it. Without `force` it is removed only if it says `entry`, and one that was switched off
 * in the desktop's settings stays so. Throws the file system's error.
 */
export function writeAutostart(
  file: string,
  { entry, wanted, force }: { entry: string; wanted: boolean; force: boolean },
): void {
  const content = contentOf(file);
  const present = content === entry;
  if (wanted && !force && content !== null && switchedOff.test(content)) return;
  if (wanted && !present) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, entry);
  } else if (!wanted && (present || force)) {
    rmSync(file, { force: true });
  }
}
