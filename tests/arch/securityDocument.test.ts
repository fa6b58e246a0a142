// docs/security.md promises a test for each threat: each is there, and is called what the page calls it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root, textOf } from './sourceFiles.ts';

const rows = textOf('docs/security.md')
  .split('\n')
  .filter((line) => /^\| E\d+ \|/.test(line))
  .map((line) => line.split(' | ').at(-1) ?? '');

/** The files below tests/ that a name means: a suite, a folder of suites, or a program. */
function filesOf(name: string): string[] {
  const file = [`tests/${name}.test.ts`, `tests/${name}.ts`].find((found) =>
    existsSync(path.join(root, found)),
  );
  return file ? [file] : filesBelow(`tests/${name}`, ['.ts']);
}

test('it goes through all fifteen', () => {
  expect(rows).toHaveLength(15);
});

test.each(rows.map((row, at) => [`E${at + 1}`, row]))('the tests of %s are there', (_id, row) => {
  const names = [...row.matchAll(/`([\w/]+)`/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(filesOf(name), name).not.toEqual([]);
  const texts = names.flatMap(filesOf).map(textOf).join('\n');
  for (const [, title = ''] of row.matchAll(/\*([^*]+)\*/g)) expect(texts).toContain(title.replace(/…$/, ''));
});
