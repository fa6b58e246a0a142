// electron-builder.yml for the targets that can't be packed here: valid by the builder's own schema, and every file it names is there.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const repository = path.join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const builderLib = path.dirname(
  require.resolve('app-builder-lib/package.json', { paths: [require.resolve('electron-builder')] }),
);

interface BuilderConfiguration {
  getConfig(
    folder: string,
    file: string | null,
    fromOptions: object | null,
    packageMetadata: { value: Promise<unknown> },
  ): Promise<Configuration>;
  validateConfiguration(config: object, debug: { isEnabled: boolean; add(): void }): Promise<void>;
}

interface Configuration {
  files: string[];
  mac: { icon: string; entitlements: string; target: { target: string; arch: string[] }[] };
  win: { icon: string; target: { target: string }[] };
  nsis: { include: string };
  linux: { icon: string; target: { target: string }[] };
  electronFuses: Record<string, boolean>;
}

const builder: BuilderConfiguration = require(path.join(builderLib, 'out', 'util', 'config', 'config.js'));
const quiet = { isEnabled: false, add: () => {} };

function readConfiguration(): Promise<Configuration> {
  const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
  return builder.getConfig(repository, 'electron-builder.yml', null, { value: Promise.resolve(manifest) });
}

test('the builder takes it', async () => {
  const config = await readConfiguration();
  await builder.validateConfiguration(config, quiet);
  await expect(builder.validateConfiguration({ ...config, elctronFuses: {} }, quiet)).rejects.toThrow(
    'elctronFuses',
  );
});

test('it packs for every system', async () => {
  const { mac, win, linux } = await readConfiguration();
  expect(mac.target).toEqual([
    { target: 'dmg', arch: ['arm64', 'x64', 'universal'] },
    { target: 'zip', arch: ['universal'] },
  ]);
  expect(win.target.map(({ target }) => target)).toEqual(['nsis']);
  expect(linux.target.map(({ target }) => target)).toEqual(['AppImage', 'deb']);
});

test('the pictures, entitlements and scripts it names are there', async () => {
  const { mac, win, nsis, linux } = await readConfiguration();
  for (const file of [mac.icon, mac.entitlements, win.icon, nsis.include])
    expect(existsSync(path.join(repository, file)), file).toBe(true);
  const sizes = globSync('*x*.png', { cwd: path.join(repository, linux.icon) });
  expect(sizes).toEqual(expect.arrayContaining(['16x16.png', '48x48.png', '256x256.png', '512x512.png']));
  const png = (file: string) => readFileSync(path.join(repository, 'resources', file));
  expect(png('icons/512x512.png').readUInt32BE(16)).toBe(512);
  expect(png('tray/on-dark-small@3x.png').readUInt32BE(16)).toBe(48);
  expect(png('icons/icon.icns').subarray(0, 4).toString()).toBe('icns');
  expect(png('icons/icon.ico').readUInt16LE(2)).toBe(1);
});

test('there is a picture for every look of the tray, panel and scale', () => {
  const names = globSync('*.png', { cwd: path.join(repository, 'resources', 'tray') });
  for (const look of ['off', 'on', 'busy', 'trouble']) {
    for (const scale of ['', '@2x', '@3x']) {
      expect(names).toContain(`${look}Template${scale}.png`);
      for (const panel of ['light', 'dark'])
        for (const size of ['small', 'large'])
          expect(names).toContain(`${look}-${panel}-${size}${scale}.png`);
    }
  }
});

test('both native modules have builds for every system that is packed', () => {
  for (const target of [
    'darwin-arm64',
    'darwin-x64',
    'linux-x64',
    'linux-arm64',
    'win32-x64',
    'win32-arm64',
  ]) {
    expect(
      existsSync(path.join(repository, 'node_modules/better-sqlite3/prebuilds', `${target}.node`)),
      target,
    ).toBe(true);
    expect(
      existsSync(path.join(repository, 'node_modules/keytar/prebuilds', target, 'keytar.node')),
      target,
    ).toBe(true);
  }
});
