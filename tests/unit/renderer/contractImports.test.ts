import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..', '..');
const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(root, folder, file));

/** Absolute paths of the files whose values, not only types, a file imports. */
function valueImports(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(/^import ([^;]+?) from '(\.[^']+)';$/gm);
  return [...found]
    .filter(([, names = '']) => {
      const listed = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1]?.split(',') ?? [];
      const onlyTypes = listed.length > 0 && listed.every((name) => /^\s*(type\s|$)/.test(name));
      return !names.startsWith('type ') && !onlyTypes;
    })
    .map(([, , target = '']) => path.resolve(path.dirname(file), target));
}

test('the window takes no schema, and no zod, into its bundle', () => {
  const contract = path.join(root, 'main', 'contract');
  const taken = filesBelow('renderer')
    .flatMap(valueImports)
    .filter((file) => file.startsWith(contract));
  expect(taken.length).toBeGreaterThan(0);
  for (const file of new Set(taken)) {
    expect(valueImports(file), file).toEqual([]);
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/from 'zod'/);
  }
});
