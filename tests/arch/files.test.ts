import { expect, test } from 'vitest';
import { filesBelow, textOf } from './sourceFiles.ts';

const extensions = ['.ts', '.tsx', '.mjs'];
const program = ['main', 'preload', 'renderer'].flatMap((folder) => filesBelow(folder, extensions));
const [scripts, tests] = [filesBelow('resources', extensions), filesBelow('tests', extensions)];
const everything = [...program, ...scripts, ...tests];

/** `file:line` of every line that matches. */
function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line.replace(/\/\/.*$/, '')) ? [`${file}:${index + 1}`] : [])),
  );
}

test.each([
  { what: 'the program and its scripts', files: [...program, ...scripts], limit: 350 },
  { what: 'a test', files: tests, limit: 600 },
])('no file of $what is above $limit lines', ({ files, limit }) => {
  const long = files
    .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit);
  expect(long).toEqual([]);
});

test('no default exports', () => {
  const code = everything.filter((file) => !file.endsWith('.config.ts'));
  expect(linesMatching(code, /^\s*export\s+default\b/)).toEqual([]);
});

test('no folder that says nothing', () => {
  const vague = everything.filter((file) => /(^|\/)(utils?|helpers?|services?|common|misc)\//.test(file));
  expect(vague).toEqual([]);
});

test('time comes from the clock', () => {
  const main = program.filter((file) => file.startsWith('main/') && file !== 'main/base/clock.ts');
  expect(linesMatching(main, /\bDate\.now\(|\bnew Date\(\s*\)/)).toEqual([]);
  // Real timers run on real time, whatever the clock says: a deadline beside one may too.
  const withoutTimers = main.filter((file) => !/\bset(Timeout|Interval)\(/.test(textOf(file)));
  expect(linesMatching(withoutTimers, /\bperformance\.now\(/)).toEqual([]);
});
