// What ends up in a package, made by electron-builder itself for this system's Linux target with a stub for Electron.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordsFor } from '../../main/desktop/words.ts';
import { unpackApp } from '../e2e/desktop/appUnderTest.ts';
import { answers } from '../e2e/desktop/client.ts';
import type { Desktop } from '../e2e/desktop/desktop.ts';
import { launchStandIn } from '../e2e/desktop/standInDriver.ts';
import { gatewayOf, logOf, makeDataDir, removeDataDir, repository } from '../e2e/desktop/surroundings.ts';
import { until } from '../e2e/desktop/until.ts';
import { readFuses } from './fuseWire.ts';
import { linuxEntries } from './linuxEntries.ts';
import { makeStubRuntime } from './stubRuntime.ts';

const require = createRequire(import.meta.url);
const electronVersion: string = require('electron/package.json').version;
const builder = path.join(repository, 'node_modules', 'electron-builder', 'cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'sluice-package-'));
const unpacked = path.join(folder, 'dist', 'linux-unpacked');
const asar = path.join(unpacked, 'resources', 'app.asar');

/** Without a network: whatever the builder would fetch fails at once. */
const offline = {
  https_proxy: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  CSC_IDENTITY_AUTO_DISCOVERY: 'false',
};

async function pack(): Promise<void> {
  makeStubRuntime(path.join(folder, 'electron'), electronVersion);
  const args = ['--linux', 'dir', '--x64', '--publish', 'never'];
  args.push(
    `-c.electronDist=${path.join(folder, 'electron')}`,
    `-c.directories.output=${path.join(folder, 'dist')}`,
  );
  await promisify(execFile)(process.execPath, [builder, ...args], {
    cwd: repository,
    env: { ...process.env, ...offline },
    timeout: 120_000,
  });
}

// Packing for Linux works on other systems too, but there the workflow packs for them with the real runtime.
const otherSystem = process.platform === 'linux' && process.arch === 'x64' ? null : 'this is no Linux on x64';

describe.skipIf(otherSystem !== null)(`a package for Linux (${otherSystem ?? 'made here'})`, () => {
  let files: string[];
  const isFile = (name: string) => !('files' in statFile(asar, name.slice(1)));

  beforeAll(async () => {
    await pack();
    files = listPackage(asar, { isPack: false }).filter(isFile);
  }, 150_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds what runs and nothing else', () => {
    const native = (name: string) =>
      /^\/node_modules\/(better-sqlite3|keytar)\/(lib\/|prebuilds\/|package\.json$|LICENSE)/.test(name);
    const bundle = (name: string) => /^\/out\/(main|preload|renderer)\//.test(name);
    const picture = (name: string) => /^\/resources\/(tray\/[\w.@-]+\.png|icons\/256x256\.png)$/.test(name);
    const strange = files.filter(
      (name) => !native(name) && !bundle(name) && !picture(name) && name !== '/package.json',
    );
    expect(strange).toEqual([]);
    expect(files.filter((name) => /\.(tsx?|map|md|gyp|cpp|h)$|\/tests?\/|headless/.test(name))).toEqual([]);
    for (const needed of [
      '/out/main/desktop.js',
      '/out/main/usageWorker.js',
      '/out/main/keychainProcess.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/resources/tray/onTemplate.png',
    ])
      expect(files).toContain(needed);
  });

  test('every bundle inside is the one that was built', () => {
    const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');
    extractAll(asar, path.join(folder, 'app'));
    const bundles = files.filter((name) => name.startsWith('/out/'));
    expect(bundles.length).toBeGreaterThan(10);
    for (const name of bundles)
      expect(digest(readFileSync(path.join(folder, 'app', name))), name).toBe(
        digest(readFileSync(path.join(repository, name))),
      );
  });

  test('the native modules are there for this system only, outside the archive', () => {
    const natives = files.filter((name) => name.endsWith('.node'));
    expect(natives.sort()).toEqual([
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
      '/node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ]);
    for (const name of natives) {
      expect(statFile(asar, name.slice(1))).toMatchObject({ unpacked: true });
      const outside = `${asar}.unpacked${name}`;
      expect(existsSync(outside)).toBe(true);
      const loaded = { exports: {} };
      process.dlopen(loaded, outside);
      expect(Object.keys(loaded.exports).length).toBeGreaterThan(0);
    }
  });

  test('package.json names the entry and holds no scripts of ours', () => {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'app', 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'sluice',
      productName: 'Sluice',
      type: 'module',
      main: 'out/main/desktop.js',
    });
    expect(manifest.devDependencies).toBeUndefined();
    expect(manifest.scripts).toBeUndefined();
  });

  test('menu entries are found by the window’s name, take our links, and leave the sandbox alone', async () => {
    const entries = await linuxEntries(unpacked, path.join(folder, 'entries'));
    const manifest = JSON.parse(readFileSync(path.join(folder, 'app', 'package.json'), 'utf8'));
    expect(Object.keys(entries)).toEqual(['AppImage', 'deb']);
    for (const [target, { text, fileName }] of Object.entries(entries)) {
      expect(fileName, target).toBe(manifest.desktopName);
      expect(`${/^StartupWMClass=(.*)$/m.exec(text)?.[1]}.desktop`, target).toBe(manifest.desktopName);
      expect(text, target).toMatch(/^MimeType=(?:.*;)?x-scheme-handler\/sluice;$/m);
      // A link comes as the only argument.
      expect(text, target).toMatch(/^Exec=\S+ %U$/m);
    }
  });

  test('the fuses are flipped', () => {
    const program = path.join(unpacked, 'sluice');
    expect(readFuses(readFileSync(program))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(readFuses(readFileSync(path.join(folder, 'electron', 'electron')))).toMatchObject({
      runAsNode: true,
    });
  });

  test('languages nobody reads here stay out, and its size is told', () => {
    expect(readdirSync(path.join(unpacked, 'locales')).sort()).toEqual([
      'en-GB.pak',
      'en-US.pak',
      'zh-CN.pak',
    ]);
    const megabytes = statSync(asar).size / 1024 / 1024;
    console.info(`app.asar: ${megabytes.toFixed(1)} MB`);
    expect(megabytes).toBeLessThan(25);
  });

  test('what was packed runs by itself', async () => {
    const dataDir = makeDataDir();
    const desktop: Desktop = await launchStandIn({ dataDir, root: unpackApp(asar) });
    try {
      await until(desktop.tray.look, (look) => look === 'on');
      expect(await answers(gatewayOf(dataDir))).toBe(true);
      const page = await desktop.page();
      await page.locator('nav').waitFor();
      await desktop.tray.click(wordsFor('en', 'en').quit);
      expect(await desktop.exited).toBe(0);
      expect(existsSync(path.join(dataDir, 'usage.db'))).toBe(true);
      expect(logOf(dataDir)).not.toMatch(/ERROR|unforeseen/);
    } finally {
      await desktop.kill();
      removeDataDir(dataDir);
    }
  });
});
