// Brings node_modules to what package-lock.json says. It never changes the lock file.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { alone } from './lock.mjs';
import { inRoot, node24, readJson, say } from './root.mjs';
import { runNpm } from './run.mjs';

/** The two packages whose install scripts are needed: each copies a binary that it brings along into place. */
const scripted = ['node', 'keytar'];

function versionsMatch() {
  const wanted = readJson(inRoot('package-lock.json'))?.packages;
  const installed = readJson(inRoot('node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const found = installed[place];
    return found ? found.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
}

function binariesPresent() {
  return node24() !== null && existsSync(inRoot('node_modules', 'keytar', 'build', 'Release', 'keytar.node'));
}

async function npmOrThrow(args) {
  const { code, output } = await runNpm(args);
  if (code === 0) return;
  process.stderr.write(output);
  throw new Error(`npm ${args[0]} failed with code ${code}`);
}

/** `npm ci` wipes node_modules, which Windows refuses while the Node that runs us lies inside. */
function installCommand() {
  const inside = path.relative(inRoot('node_modules'), process.execPath);
  const busy = process.platform === 'win32' && !inside.startsWith('..') && !path.isAbsolute(inside);
  return busy ? 'install' : 'ci';
}

/** Installs what is missing; without work to do it takes a few milliseconds. Throws where npm fails, after showing why. */
export async function ensureDependencies() {
  if (versionsMatch() && binariesPresent()) return;
  await alone(async () => {
    if (!versionsMatch()) {
      say('Installing the dependencies (once, about half a minute) …');
      await npmOrThrow([installCommand(), '--no-audit', '--no-fund', '--loglevel=error']);
    }
    if (!binariesPresent()) {
      await npmOrThrow(['rebuild', ...scripted, '--ignore-scripts=false', '--loglevel=error']);
    }
    if (!binariesPresent()) {
      throw new Error(
        `no Node 24 or keychain binary for ${process.platform}-${process.arch} could be installed`,
      );
    }
  });
}
