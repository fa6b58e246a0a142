// The stand-in's honesty: what the desktop and the preload script use of Electron is all modelled, down to members and events.
// Both are compiled once more with 'electron' meaning the stand-in; whatever it lacks does not compile. That the stand-in in turn has
// nothing but what Electron's own types say is held in honest.ts, and the names of options in knownOptions.ts.
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownOptions, refuseUnknown } from './knownOptions.ts';

const repository = path.join(import.meta.dirname, '..', '..');
const cache = path.join(repository, 'node_modules', '.cache', 'sluice');
let copy: string;
/** What the compiler says to the program and to the probe. */
let errors: string[];

const probeFile = 'main/desktop/probe.ts';
/** Everything in it is wrong; the lines are named by a test below. */
const probe = `import { app, autoUpdater, type BaseWindow, BrowserWindow, screen, type WebContents } from 'electron';
import * as all from 'electron';
app.relaunch();
const { disableHardwareAcceleration } = app;
const alias = app;
alias.setBadgeCount(1);
app.setPath('userData');
screen.getDisplayNearestPoint('here');
export function watch(contents: WebContents): void {
  contents.on('page-title-updated', () => {});
  contents.on('did-fail-load', (event, code: string) => {});
  contents.openDevTools();
}
export const make = () => new BrowserWindow({ webPreferences: { sandbx: true } });
export type Printed = WebContents['print'];
export const updater = autoUpdater;
export const rest = [disableHardwareAcceleration, all.desktopCapturer, null as BaseWindow | null];
`;

/** `import … from 'electron'` in whichever of its forms. */
const electronImport = /import\s+(?:type\s+)?\{([^}]*)\}\s*from\s*'electron(?:\/\w+)?'/g;

/** Ways to Electron that the compilation below would not notice: they leave the import as it is, or take a type off what it gives. */
const sideDoors = [
  // Of anything but a module that is named and another.
  /\b(?:import|require)\s*\(\s*(?!'(?!electron['/])[^']*'\s*\))/,
  /\bcreateRequire\s*\(/,
  /(?:from|import)\s*"electron/,
  /\bimport\s+'electron/,
  /\bElectron\s*\./,
  /\bas\s+(?:unknown|never|any)\b/,
];

/** Program text without its comments. */
const codeOf = (text: string): string => text.replace(/^[ \t]*\/\*[\s\S]*?\*\/|(?:^|\s)\/\/ .*$/gm, '');

const sideDoorsOf = (text: string): string[] =>
  sideDoors.flatMap((door) => door.exec(codeOf(text))?.slice(0, 1) ?? []);

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

beforeAll(async () => {
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
  writeFileSync(path.join(copy, probeFile), probe);
  for (const file of [...sourcesUsingElectron(), probeFile]) rewrite(file);
  errors = await compile();
}, 240_000);

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

test('every member and event that is used is modelled, as Electron types it', () => {
  expect(errors.filter((line) => !line.includes(probeFile))).toEqual([]);
});

test('Electron is reached by imports that the check sees, and keeps its types', () => {
  const found = sourcesUsingElectron().flatMap((file) =>
    sideDoorsOf(readFileSync(path.join(repository, file), 'utf8')).map((door) => `${file}: ${door}`),
  );
  expect(found).toEqual([]);
  const silenced = sourcesUsingElectron().filter((file) =>
    /@ts-(?:ignore|expect-error|nocheck)/.test(readFileSync(path.join(repository, file), 'utf8')),
  );
  expect(silenced).toEqual([]);
  for (const hidden of [
    "const { net } = await import('electron');",
    "const { net } = await import('electron/main');",
    'const { net } = await import(name);',
    "const { net } = createRequire(import.meta.url)('electron');",
    'import { net } from "electron";',
    'function f(contents: Electron.WebContents) {}',
    '(window as unknown as { kiosk: boolean }).kiosk = true;',
  ])
    expect(sideDoorsOf(hidden), hidden).not.toEqual([]);
});

test('the check sees what is not modelled, under whichever name it is used, and what Electron does not know', () => {
  const seen = errors.filter((line) => line.includes(probeFile)).join('\n');
  for (const [line, missing] of [
    [1, 'autoUpdater'],
    [1, 'BaseWindow'],
    [3, 'relaunch'],
    [4, 'disableHardwareAcceleration'],
    [6, 'setBadgeCount'],
    [7, 'Expected 2 arguments'],
    [8, "'string' is not assignable"],
    [10, 'page-title-updated'],
    [11, ''],
    [12, 'openDevTools'],
    [14, 'sandbx'],
    [15, 'print'],
    [17, 'desktopCapturer'],
  ] as const)
    expect(seen, missing).toMatch(new RegExp(`probe\\.ts\\(${line},\\d+\\): .*${missing}`));
});

test('an option that Electron does not know is refused, also where no literal shows it to the compiler', () => {
  expect(knownOptions('BrowserWindowConstructorOptions')).toContain('webPreferences');
  // One that it inherits.
  expect(knownOptions('BrowserWindowConstructorOptions')).toContain('skipTaskbar');
  expect(() => refuseUnknown('WebPreferences', { sandbox: true, preload: '/x' })).not.toThrow();
  expect(() => refuseUnknown('WebPreferences', { sandbox: true, contextIsolaton: true })).toThrow(
    'contextIsolaton',
  );
  expect(() => refuseUnknown('NoSuchOptions', {})).toThrow('NoSuchOptions');
});
