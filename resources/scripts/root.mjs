// Where things are in this repository. The scripts run on the machine's own Node before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Notes of the scripts to themselves; goes away with node_modules. */
export const cacheDir = path.join(root, 'node_modules', '.cache', 'sluice');

/** A path below the repository's root. */
export function inRoot(...parts) {
  return path.join(root, ...parts);
}

/** JSON file as a value, or null where it is missing or broken. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** The Node 24 that the `node` package brought along, or null before it is installed. */
export function node24() {
  const file = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  return process.version.startsWith('v24.') ? process.execPath : null;
}

/** The script behind a package's command, to be run with node24(). */
export function commandOf(packageName, command = packageName) {
  const { bin } = readJson(inRoot('node_modules', packageName, 'package.json'));
  return inRoot('node_modules', packageName, typeof bin === 'string' ? bin : bin[command]);
}

/** One line about what is going on. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
