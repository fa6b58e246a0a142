import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSize, readBounds, writeBounds } from '../../../main/desktop/windowBounds.ts';

const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }];
const fallback = { ...defaultSize, maximized: false };
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-bounds-'));
  file = path.join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was written is read', () => {
  const bounds = { x: 100, y: 50, width: 900, height: 640, maximized: true };
  writeBounds(file, bounds);
  expect(readBounds(file, screens)).toEqual(bounds);
  expect(readdirSync(folder)).toEqual(['window.json']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  '',
  'nonsense',
  '[]',
  '{"width":-1,"height":10}',
  '{"width":"900","height":640}',
  '{"width":1e9,"height":640}',
])('default size: %s', (text) => {
  writeFileSync(file, text);
  expect(readBounds(file, screens)).toEqual(fallback);
});

test('no file: default size', () => expect(readBounds(file, screens)).toEqual(fallback));

test.each([
  [{ x: 5000, y: 0 }, 'on a screen that is gone'],
  [{ x: 1850, y: 0 }, 'a sliver at the edge'],
  [{ x: 0, y: -600 }, 'title bar above the screen'],
  [{ x: 0, y: 1030 }, 'title bar below the screen'],
])('%o %s: the size stays, the place goes', (place) => {
  writeBounds(file, { ...place, width: 900, height: 640, maximized: false });
  expect(readBounds(file, screens)).toEqual({ width: 900, height: 640, maximized: false });
});

test('a second screen to the left is a place', () => {
  const bounds = { x: -1500, y: 100, width: 900, height: 640, maximized: false };
  writeBounds(file, bounds);
  expect(readBounds(file, [...screens, { x: -1920, y: 0, width: 1920, height: 1080 }])).toEqual(bounds);
});
