// The stand-in's honesty: what the desktop and the preload script use of Electron is all modelled, down to members and events.
// Both are compiled once more with 'electron' meaning the stand-in; whatever it lacks does not compile.
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = path.join(import.meta.dirname, '..', '..');
const cache = path.join(repository, 'node_modules', '.cache', 'sluice');
let copy: string;

/** `import … from 'electron'` in whichever of its forms. */
const electronImport = /import\s+(?:type\s+)?\{([^}]*)\}\s*from\s*'electron(?:\/\w+)?'/g;

function sourcesUsingElectron(): string[] {
  return globSync(['main/desktop.ts', 'main/desktop/**/*.ts', 'preload/**/*.ts'], { cwd: repository });
}

function standInFor(file: string): string {
  const module = file.startsWith('preload') ? 'preloadModule.ts' : 'electron.ts';
  return path.join(repository, 'tests', 'electron', module).replaceAll(path.sep, '/');
}

function rewrite(file: string): void {
  const target = path.join(copy, file);
  const text = readFileSync(target, 'utf8').replace(
    /from 'electron(?:\/\w+)?'/g,
    `from '${standInFor(file)}'`,
  );
  writeFileSync(target, text);
}

function compile(): Promise<string[]> {
  const tsc = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '--noEmit', '-p', copy], { maxBuffer: 1 << 26 }, (_error, stdout) => {
      const errors = stdout.split('\n').filter((line) => / error TS\d+: /.test(line));
      resolve(errors.filter((line) => /main\/desktop|preload\//.test(line)));
    });
  });
}

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  copy = mkdtempSync(path.join(cache, 'api-use-'));
  for (const folder of ['main', 'preload', 'resources/presets', 'package.json'])
    cpSync(path.join(repository, folder), path.join(copy, folder), { recursive: true });
  const tsconfig = {
    extends: path.join(repository, 'tsconfig.json'),
    compilerOptions: { types: ['node'], typeRoots: [path.join(repository, 'node_modules', '@types')] },
    include: ['main/desktop.ts', 'main/desktop/**/*.ts', 'preload/**/*.ts'],
    files: [path.join(repository, 'node_modules', 'electron', 'electron.d.ts')],
  };
  writeFileSync(path.join(copy, 'tsconfig.json'), JSON.stringify(tsconfig));
  for (const file of sourcesUsingElectron()) rewrite(file);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('every part of Electron that is imported is there', () => {
  const used = new Map<string, string[]>();
  for (const file of sourcesUsingElectron())
    for (const [, names = ''] of readFileSync(path.join(repository, file), 'utf8').matchAll(electronImport))
      for (const name of names.split(',').map((part) => part.replace(/\btype\b/, '').trim()))
        if (name) used.set(name, [...(used.get(name) ?? []), file]);
  console.info(`of Electron the program uses: ${[...used.keys()].sort().join(', ')}`);
  const modelled = ['electron.ts', 'preloadModule.ts']
    .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  expect(used.size).toBeGreaterThan(10);
  expect([...used.keys()].filter((name) => !new RegExp(`\\b${name}\\b`).test(modelled))).toEqual([]);
});

test('every member and event that is used is modelled, as Electron types it', async () => {
  expect(await compile()).toEqual([]);
});

test('the check sees what is not modelled', async () => {
  const file = 'main/desktop/probe.ts';
  writeFileSync(
    path.join(copy, file),
    `import { app, type WebContents, autoUpdater } from 'electron';
app.relaunch();
export function watch(contents: WebContents): void {
  contents.on('page-title-updated', () => {});
  contents.openDevTools();
}
export const updater = autoUpdater;
`,
  );
  rewrite(file);
  const errors = (await compile()).join('\n');
  for (const missing of ['relaunch', 'page-title-updated', 'openDevTools', 'autoUpdater'])
    expect(errors).toContain(missing);
});
