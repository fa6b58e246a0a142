import { expect, test } from 'vitest';
import { entries } from '../../vite.main.config.ts';
import { filesBelow, textOf } from './sourceFiles.ts';

/** Files that are started rather than imported, by the name they are looked for beside the one that starts them. */
function startedFrom(file: string): { file: string; name: string }[] {
  const found = textOf(file).matchAll(/besideFile\(import\.meta\.url, '(\w+)'|'\.\/(\w+)\.js'/g);
  return [...found].map(([, beside, literal]) => ({ file, name: beside ?? literal ?? '' }));
}

test('every worker and child process is an entry of the build', () => {
  const started = filesBelow('main', ['.ts']).flatMap(startedFrom);
  expect(started.length).toBeGreaterThan(1);
  expect(started.filter(({ name }) => !(name in entries))).toEqual([]);
});
