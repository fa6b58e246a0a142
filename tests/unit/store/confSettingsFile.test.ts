import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openConfSettingsFile } from '../../../main/store/confSettingsFile.ts';
import { modeOf, tempDir } from './tempDir.ts';

const posix = process.platform !== 'win32';

test('a file that is not there stays away until it is written, then is ours alone', () => {
  const folder = path.join(tempDir(), 'new', 'data');
  const before = process.umask(0);
  try {
    const file = openConfSettingsFile(folder);
    expect(file.path).toBe(path.join(folder, 'settings.json'));
    expect(file.read()).toBeNull();
    expect(fs.existsSync(file.path)).toBe(false);
    file.write({ version: 1, server: { port: 1 } });
    expect(file.read()?.toString()).toBe('{\n  "version": 1,\n  "server": {\n    "port": 1\n  }\n}\n');
    if (posix) expect([modeOf(folder), modeOf(file.path)]).toEqual(['700', '600']);
  } finally {
    process.umask(before);
  }
});

test('opening neither wipes nor rewrites a broken file, and a write replaces it', () => {
  const folder = tempDir();
  for (const text of ['', '{"a":', '[1]', 'null', '"text"', '{"server":{"port":1}}']) {
    fs.writeFileSync(path.join(folder, 'settings.json'), text);
    const file = openConfSettingsFile(folder);
    expect(file.read()?.toString()).toBe(text);
  }
  const file = openConfSettingsFile(folder);
  fs.writeFileSync(file.path, '{"a":');
  file.write({ a: 1 });
  expect(JSON.parse(file.read()?.toString() ?? '')).toEqual({ a: 1 });
});

test.runIf(posix)('a file others could read is private after a write (POSIX file systems only)', () => {
  const folder = tempDir();
  fs.writeFileSync(path.join(folder, 'settings.json'), '{}', { mode: 0o666 });
  fs.chmodSync(path.join(folder, 'settings.json'), 0o666);
  const file = openConfSettingsFile(folder);
  file.write({ a: 1 });
  expect(modeOf(file.path)).toBe('600');
  expect(fs.readdirSync(folder)).toEqual(['settings.json']);
});

test('names that objects inherit are ordinary content, and dots in names are no paths', () => {
  const file = openConfSettingsFile(tempDir());
  const document = JSON.parse('{"modelMapping":{"constructor":"a","toString":"b","gpt-4.1":"c"},"x.y":1}');
  file.write(document);
  expect(JSON.parse(file.read()?.toString() ?? '')).toEqual(document);
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});

test.runIf(posix)('a settings.json that is a link keeps being one (POSIX file systems only)', () => {
  const folder = tempDir();
  const target = path.join(tempDir(), 'dotfiles.json');
  fs.writeFileSync(target, '{}');
  fs.symlinkSync(target, path.join(folder, 'settings.json'));
  openConfSettingsFile(folder).write({ a: 1 });
  expect(fs.lstatSync(path.join(folder, 'settings.json')).isSymbolicLink()).toBe(true);
  expect(JSON.parse(fs.readFileSync(target, 'utf8'))).toEqual({ a: 1 });
});

test.runIf(posix)('on a full disk the old file stays and the error is loud (POSIX file systems only)', () => {
  const folder = tempDir();
  openConfSettingsFile(folder).write({ a: 1 });
  const module = fileURLToPath(new URL('../../../main/store/confSettingsFile.ts', import.meta.url));
  const script = `
    const { openConfSettingsFile } = await import(${JSON.stringify(module)});
    try { openConfSettingsFile(${JSON.stringify(folder)}).write({ big: 'x'.repeat(20000) }); console.log('written'); }
    catch (error) { console.log('refused', error.message); }`;
  // A limit on file size makes the system write a part of what it is given, as a full disk does.
  const limited = [
    '-c',
    `ulimit -f 8; trap "" XFSZ; exec "$0" --input-type=module -e "$1"`,
    process.execPath,
    script,
  ];
  const output = execFileSync('sh', limited, { encoding: 'utf8', timeout: 20_000 });
  expect(output).toMatch(/^refused .*(written whole|EFBIG)/);
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'settings.json'), 'utf8'))).toEqual({ a: 1 });
  expect(fs.readdirSync(folder)).toEqual(['settings.json']);
});
