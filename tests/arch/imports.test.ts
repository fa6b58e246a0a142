import { expect, test } from 'vitest';
import { importTable, mayUseElectron, zoneOf } from './importTable.ts';
import { filesBelow, type Import, importsOf } from './sourceFiles.ts';

const sources = ['main', 'preload', 'renderer'].flatMap((folder) => filesBelow(folder, ['.ts', '.tsx']));

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** What is wrong with one import, or null. */
function problemOf(file: string, found: Import): string | null {
  const zone = zoneOf(file);
  if (!zone) return 'lies in a folder that the import table does not know';
  const rule = importTable[zone];
  if (found.target === null) {
    const name = packageOf(found.specifier);
    if (name === 'electron' && !mayUseElectron(file)) return 'electron belongs to main/desktop and preload';
    if (rule.packages && !rule.packages.includes(name)) return `${zone} may not import the package ${name}`;
    if (zone === 'renderer' && found.specifier.startsWith('node:')) return 'the renderer has no Node';
    return null;
  }
  const target = zoneOf(found.target);
  if (!target)
    return /^(resources\/|package\.json$)/.test(found.target)
      ? null
      : `${found.target} is no part of the program`;
  if (target === zone) return pageProblem(file, found.target);
  if (rule.values.includes(target)) return null;
  if (rule.types?.includes(target))
    return found.typeOnly ? null : `${zone} may import ${target} as types only`;
  return `${zone} may not import ${target}`;
}

function pageProblem(file: string, target: string): string | null {
  const page = /^renderer\/pages\/([^/]+)\//;
  const [from, to] = [page.exec(file)?.[1], page.exec(target)?.[1]];
  return from && to && from !== to ? `page ${from} may not import page ${to}` : null;
}

function problemsOf(file: string, imports: Import[]): string[] {
  return imports.flatMap((found) => {
    const problem = problemOf(file, found);
    return problem ? [`${file}:${found.line} '${found.specifier}': ${problem}`] : [];
  });
}

test('every import follows the table', () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(sources.flatMap((file) => problemsOf(file, importsOf(file)))).toEqual([]);
});

test('the check sees violations', () => {
  const check = (file: string, code: string) => problemsOf(file, importsOf(file, code));
  expect(check('main/guards/x.ts', "import { a } from '../store/vault.ts';")).toHaveLength(1);
  expect(check('main/gateway/x.ts', "import { a } from '../store/vault.ts';")[0]).toContain('types only');
  expect(check('main/gateway/x.ts', "import type { A } from '../store/vault.ts';")).toEqual([]);
  expect(check('main/gateway/x.ts', "import {\n  type A,\n  b,\n} from '../store/vault.ts';")).toHaveLength(
    1,
  );
  expect(check('main/gateway/x.ts', "import {\n  type A,\n  type B,\n} from '../store/vault.ts';")).toEqual(
    [],
  );
  expect(check('main/server/x.ts', "import { app } from 'electron';")).toHaveLength(1);
  expect(check('main/server/x.ts', "const e = await import('electron');")).toHaveLength(1);
  expect(check('main/desktop/x.ts', "import { app } from 'electron';")).toEqual([]);
  expect(check('renderer/x.ts', "import fs from 'node:fs';")).toHaveLength(1);
  expect(check('renderer/pages/keys/x.tsx', "export { a } from '../requests/y.tsx';")).toHaveLength(1);
  expect(check('main/contract/x.ts', "import x from 'undici';")).toHaveLength(1);
  expect(check('main/base/x.ts', "// import { a } from '../store/vault.ts';")).toEqual([]);
});
