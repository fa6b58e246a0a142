// Decides what has to be compiled into out/ and compiles it: a part is up to date while its sources' fingerprint stands in out/.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { alone } from './lock.mjs';
import { commandOf, inRoot, readJson, root, say } from './root.mjs';
import { runNode } from './run.mjs';

const shared = ['package.json', 'package-lock.json'];

/** `sources` are files or folders whose content decides; `config` is the vite configuration. */
export const parts = [
  {
    name: 'main',
    config: 'vite.main.config.ts',
    mode: 'main',
    sources: ['main', 'resources/presets', 'vite.main.config.ts'],
  },
  {
    name: 'preload',
    config: 'vite.main.config.ts',
    mode: 'preload',
    sources: ['preload', 'main/contract', 'vite.main.config.ts'],
  },
  {
    name: 'renderer',
    config: 'vite.config.ts',
    mode: 'production',
    sources: ['renderer', 'main/contract', 'resources/mark.svg', 'vite.config.ts'],
  },
];

function* filesUnder(place) {
  if (!existsSync(place)) return;
  if (path.extname(place) !== '' && !place.includes('node_modules')) {
    yield place;
    return;
  }
  const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else yield full;
  }
}

/** SHA-256 over paths and content of all that goes into a part. */
export function fingerprint(part) {
  const hash = createHash('sha256');
  for (const source of [...part.sources, ...shared]) {
    for (const file of filesUnder(inRoot(source))) {
      const content = readFileSync(file);
      hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

const stampFile = () => inRoot('out', 'fingerprints.json');

/** The parts whose output is missing or of older sources. */
export function staleParts() {
  const stamps = readJson(stampFile()) ?? {};
  return parts.filter(
    (part) => !(existsSync(inRoot('out', part.name)) && stamps[part.name] === fingerprint(part)),
  );
}

/** Builds beside the old output and swaps, so that a program that runs from out/ never sees half of it. */
async function buildPart(part) {
  const stamp = fingerprint(part);
  const target = inRoot('out', part.name);
  const fresh = inRoot('out', `.${part.name}-fresh`);
  const old = inRoot('out', `.${part.name}-old`);
  const { code, output } = await runNode([
    commandOf('vite'),
    'build',
    ...['--config', inRoot(part.config)],
    ...['--mode', part.mode],
    ...['--outDir', fresh],
    '--emptyOutDir',
    ...['--logLevel', 'warn'],
  ]);
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`building ${part.name} failed\n${stripVTControlCharacters(output)}`);
  }
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
  const stamps = readJson(stampFile()) ?? {};
  writeFileSync(stampFile(), `${JSON.stringify({ ...stamps, [part.name]: stamp }, null, 2)}\n`);
}

/** Compiles what is out of date; `all` compiles every part. Throws with the compiler's output. */
export async function ensureBuild({ all = false } = {}) {
  if (!all && staleParts().length === 0) return;
  await alone(async () => {
    // Another process may have built meanwhile.
    const wanted = all ? parts : staleParts();
    if (wanted.length === 0) return;
    say(`Building ${wanted.map((part) => part.name).join(', ')} …`);
    mkdirSync(inRoot('out'), { recursive: true });
    for (const part of wanted) await buildPart(part);
  });
}
