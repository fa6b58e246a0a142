import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  autostartEntry,
  autostartFile,
  programOf,
  writeAutostart,
} from '../../../main/desktop/xdgAutostart.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-autostart-'));
  file = path.join(folder, 'autostart', 'sluice.desktop');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Reads Exec back as the specification says: string escapes first, then quoted arguments, then %%. */
function readExec(entry: string): string[] {
  const value = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const unescaped = value.replace(/\\(.)/g, (_whole, mark: string) => (mark === '\\' ? '\\' : `\\${mark}`));
  return [...unescaped.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, argument = '']) =>
    argument.replace(/\\(.)/g, '$1').replaceAll('%%', '%'),
  );
}

test('the folder follows XDG_CONFIG_HOME where it is absolute', () => {
  expect(autostartFile({ XDG_CONFIG_HOME: '/x' }, '/home/a')).toBe('/x/autostart/sluice.desktop');
  expect(autostartFile({ XDG_CONFIG_HOME: 'x' }, '/home/a')).toBe('/home/a/.config/autostart/sluice.desktop');
  expect(autostartFile({}, '/home/a')).toBe('/home/a/.config/autostart/sluice.desktop');
});

test('a command reads back as it was, whatever its path', () => {
  const command = ['/opt/my "app"/$HOME/`x`/back\\slash/100%/Sluice', '--hidden'];
  const entry = autostartEntry(command);
  expect(readExec(entry)).toEqual(command);
  expect(entry).toContain('Type=Application');
});

test('it is written, kept and removed', () => {
  const entry = autostartEntry(['/a', '--hidden']);
  writeAutostart(file, { entry, wanted: true, force: false });
  expect(readFileSync(file, 'utf8')).toBe(entry);
  writeAutostart(file, { entry: autostartEntry(['/b']), wanted: true, force: false });
  expect(readFileSync(file, 'utf8')).toContain('"/b"');
  writeAutostart(file, { entry: autostartEntry(['/b']), wanted: false, force: false });
  expect(existsSync(file)).toBe(false);
  writeAutostart(file, { entry, wanted: false, force: true });
});

test('another copy’s entry goes only when the user has just said so', () => {
  const entry = autostartEntry(['/a']);
  writeAutostart(file, { entry, wanted: true, force: false });
  writeFileSync(file, autostartEntry(['/other']));
  writeAutostart(file, { entry, wanted: false, force: false });
  expect(existsSync(file)).toBe(true);
  writeAutostart(file, { entry, wanted: false, force: true });
  expect(existsSync(file)).toBe(false);
});

test('of an AppImage the file itself is started, of any other program the program', () => {
  const image = { APPIMAGE: '/home/me/Sluice.AppImage', APPDIR: '/tmp/.mount_SluiceAb' };
  expect(programOf('/tmp/.mount_SluiceAb/sluice', image)).toBe('/home/me/Sluice.AppImage');
  // Started from a terminal that is an AppImage itself.
  expect(programOf('/opt/Sluice/sluice', image)).toBe('/opt/Sluice/sluice');
  expect(programOf('/tmp/.mount_SluiceAbc/sluice', image)).toBe('/tmp/.mount_SluiceAbc/sluice');
  expect(programOf('/opt/Sluice/sluice', {})).toBe('/opt/Sluice/sluice');
});

test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
  'what the desktop’s settings switched off (%s) stays off until the setting is changed',
  (line) => {
    const entry = autostartEntry(['/a']);
    writeAutostart(file, { entry, wanted: true, force: true });
    const off = `${entry.replace(/^X-GNOME.*\n/m, '')}${line}\n`;
    writeFileSync(file, off);
    writeAutostart(file, { entry, wanted: true, force: false });
    expect(readFileSync(file, 'utf8')).toBe(off);
    writeAutostart(file, { entry, wanted: true, force: true });
    expect(readFileSync(file, 'utf8')).toBe(entry);
  },
);
