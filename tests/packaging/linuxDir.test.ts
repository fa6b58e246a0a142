import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import electronPackage from '../../node_modules/electron/package.json' with { type: 'json' };
import { makeStubRuntime, readFuses } from './stubRuntime.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '..', '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-packaging-'));
const unpacked = path.join(folder, 'dist', 'linux-unpacked');
const asar = path.join(unpacked, 'resources', 'app.asar');
let listed: string[] = [];

beforeAll(async () => {
  if (!fs.existsSync(path.join(root, 'out', 'main', 'desktop.js')))
    throw new Error('out/ is missing: run npm run build first');
  const runtime = path.join(folder, 'runtime');
  makeStubRuntime(runtime, electronPackage.version);
  const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  const flags = [
    '--linux',
    'dir',
    '--x64',
    '--publish',
    'never',
    `-c.electronDist=${runtime}`,
    `-c.directories.output=${path.join(folder, 'dist')}`,
  ];
  await run(process.execPath, [builder, ...flags], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  listed = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
}, 180_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the packed program', () => {
  it('holds what runs', () => {
    for (const file of [
      '/package.json',
      '/out/main/desktop.js',
      '/out/main/usageWorker.js',
      '/out/main/tokenWorker.js',
      '/out/main/keychainProcess.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ]) {
      expect(listed, file).toContain(file);
    }
  });

  it('holds nothing of sources, tests, tools or the headless program', () => {
    const allowed =
      /^\/(?:package\.json|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?|node_modules(?:\/(?:better-sqlite3|keytar)(?:\/(?:lib|prebuilds)(?:\/.*)?|\/package\.json|\/LICENSE.*)?)?)$/;
    expect(listed.filter((file) => !allowed.test(file))).toEqual([]);
    expect(listed.filter((file) => /\.(?:tsx?|map)$/.test(file))).toEqual([]);
    expect(listed).not.toContain('/out/main/headless.js');
  });

  it('has the native modules of its own system only, beside the archive, and they load', async () => {
    const natives = fs
      .readdirSync(`${asar}.unpacked`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.node'))
      .sort();
    expect(natives.map((file) => file.replaceAll('\\', '/'))).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ]);
    const sqlite = natives[0] ?? '';
    const script = `const m = { exports: {} }; process.dlopen(m, ${JSON.stringify(path.join(`${asar}.unpacked`, sqlite))}); console.log(typeof m.exports)`;
    expect((await run(process.execPath, ['-e', script])).stdout.trim()).toMatch(/object|function/);
  });

  it('has the fuses blown that would let it run foreign code', () => {
    // runAsNode, cookies, NODE_OPTIONS, inspect, asar integrity, only asar, (snapshot: as it was), file privileges
    expect(readFuses(path.join(unpacked, 'sluice'))).toBe('01001110');
  });

  it('speaks the languages of the app and no other', () => {
    expect(fs.readdirSync(path.join(unpacked, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });

  it('every bundle in it is valid JavaScript', async () => {
    const scripts = listed.filter((file) => /^\/out\/(?:main|preload)\/.*\.c?js$/.test(file));
    expect(scripts.length).toBeGreaterThan(4);
    for (const file of scripts) {
      const copy = path.join(folder, `check${path.extname(file) === '.cjs' ? '.cjs' : '.mjs'}`);
      fs.writeFileSync(copy, extractFile(asar, file.slice(1)));
      await run(process.execPath, ['--check', copy]);
    }
  });
});
