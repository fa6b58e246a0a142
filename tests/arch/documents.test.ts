import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importTable, type Zone } from './importTable.ts';
import { root, textOf } from './sourceFiles.ts';

const cell = (text: string) => (text === '-' ? [] : text.split(', '));

test('ARCHITECTURE.md shows the import table as it is', () => {
  const rows = [...textOf('ARCHITECTURE.md').matchAll(/^\| (\w+) \| ([\w, -]+) \| ([\w, -]+) \|$/gm)];
  const shown = rows
    .filter(([, zone]) => zone !== 'zone')
    .map(([, zone, values = '', types = '']) => [zone, [cell(values), cell(types)]]);
  const held = Object.entries(importTable).map(([zone, rule]) => [zone, [rule.values, rule.types ?? []]]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(held));
});

test('the folders of ARCHITECTURE.md are those of main', () => {
  const tree = /```\nmain\/\n([\s\S]*?)```/.exec(textOf('ARCHITECTURE.md'))?.[1] ?? '';
  const shown = [...tree.matchAll(/^ {2}(\w+)\/ /gm)].map(([, folder]) => folder as Zone);
  expect(shown.toSorted()).toEqual(
    Object.keys(importTable)
      .filter((zone) => !['core', 'entries', 'platform', 'preload', 'renderer'].includes(zone))
      .toSorted(),
  );
});

test.each([
  'README.md',
  'README.zh-CN.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'docs/errors.md',
  'docs/clients.md',
  'docs/client-keys.md',
  'docs/conformance.md',
  'docs/security.md',
])('links of %s lead somewhere', (file) => {
  const links = [...textOf(file).matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
  const missing = links.filter(
    (link) => !/^https?:/.test(link) && !existsSync(path.join(root, path.dirname(file), link)),
  );
  expect(missing.filter((link) => !link.startsWith('docs/screens/'))).toEqual([]);
});

test('both READMEs show the same commands', () => {
  const commands = (file: string) =>
    [...textOf(file).matchAll(/^(npm (?:start|test|run [^\s#]+)|curl [^\\\n]+)/gm)].map(([, line]) => line);
  expect(commands('README.zh-CN.md')).toEqual(commands('README.md'));
  expect(commands('README.md').length).toBeGreaterThan(3);
});
