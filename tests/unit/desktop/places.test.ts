import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isPlace, pageNames } from '../../../main/contract/places.ts';

test('the pages are those that the window has', () => {
  const pages = readFileSync(path.join(import.meta.dirname, '../../../renderer/Pages.tsx'), 'utf8');
  const routes = [...pages.matchAll(/<Route path="\/(\w*)/g)].map(([, name]) => name);
  expect([...pageNames].sort()).toEqual(routes.sort());
});

test.each(['/', '/endpoints', '/endpoints/groq', '/requests/01J%2F7?model=gpt-4o', '/settings'])(
  '%s is a place',
  (place) => expect(isPlace(place)).toBe(true),
);

test.each([
  '',
  'endpoints',
  '/nowhere',
  '/tray',
  '//example.com',
  'https://example.com/',
  'javascript:alert(1)',
  '/endpoints/../x#y',
  '/endpoints/a b',
  '/endpoints\\x',
  '/endpoints/\u0000',
  `/endpoints/${'x'.repeat(600)}`,
])('%j is none', (place) => expect(isPlace(place)).toBe(false));
