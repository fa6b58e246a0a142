import { expect, test } from 'vitest';
import { textOf } from './sourceFiles.ts';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(textOf('package-lock.json'));

/** Where Node would find `name` from `place`, among the locked packages. */
function resolve(place: string, name: string): string | null {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock.packages[candidate]) return candidate;
    if (!at.includes('/node_modules/') && at !== '') {
      return lock.packages[`node_modules/${name}`] ? `node_modules/${name}` : null;
    }
    if (at === '') return null;
  }
}

// An entry that one registry mirror lacked at install time is dropped silently, and `npm ci` then refuses the lock file.
test('every dependency, optional ones too, is locked', () => {
  const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => resolve(place, name) === null)
      .map((name) => `${place || 'package.json'} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every package is pinned by content, and no registry is', () => {
  const entries = Object.entries(lock.packages).filter(([place, entry]) => place !== '' && !entry.link);
  expect(entries.filter(([, entry]) => !entry.version || !entry.integrity).map(([place]) => place)).toEqual(
    [],
  );
  // With an address in it, the lock would hold for one registry only (.npmrc leaves them out).
  expect(entries.filter(([, entry]) => entry.resolved).map(([place]) => place)).toEqual([]);
});
