import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../main/base/contentSecurityPolicy.ts';
import { createAppProtocol, filePathOf } from '../../../main/desktop/appProtocol.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-page-'));
const root = path.join(folder, 'renderer');
const answer = createAppProtocol(root);
const get = (address: string, init?: RequestInit) => answer(new Request(address, init));

beforeAll(() => {
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  mkdirSync(path.join(folder, 'renderer-beside'));
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'assets', 'a b.js'), 'let a;');
  writeFileSync(path.join(root, 'notes.txt'), 'not for the page');
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  writeFileSync(path.join(folder, 'renderer-beside', 'x.js'), 'secret');
  symlinkSync(path.join(folder, 'secret.js'), path.join(root, 'link.js'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('serves the page and its files', async () => {
  const page = await get('app://sluice/');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toBe('<!doctype html>');
  const script = await get('app://sluice/assets/a%20b.js?v=1#x');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await script.text()).toBe('let a;');
});

test.each([
  'app://sluice/../secret.js',
  'app://sluice/%2e%2e/secret.js',
  'app://sluice/..%2fsecret.js',
  'app://sluice/assets/..%2f..%2fsecret.js',
  'app://sluice/%2e%2e%2frenderer-beside%2fx.js',
  'app://sluice/..%5csecret.js',
  'app://sluice//etc/passwd.js',
  'app://sluice/index.html%00.js',
  'app://sluice/c:%2fx.js',
  'app://sluice/%zz.js',
  'app://sluice/link.js',
  'app://sluice/notes.txt',
  'app://sluice/assets',
  'app://sluice/missing.js',
  'app://other/index.html',
  'app://sluice:1/index.html',
  'https://sluice/index.html',
])('404: %s', async (address) => {
  const response = await get(address);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
  expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
});

test('answers GET only', async () => {
  for (const method of ['POST', 'PUT', 'HEAD', 'DELETE'])
    expect((await get('app://sluice/', { method })).status, method).toBe(405);
});

test('addresses that mean no file', () => {
  expect(filePathOf('not an address')).toBeNull();
  expect(filePathOf('app://sluice/x/y.js')).toBe('x/y.js');
});

test('every answer carries the policy, which allows our own files and no frame around them', async () => {
  const { headers } = await get('app://sluice/');
  expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const sources = contentSecurityPolicy.split('; ').flatMap((directive) => directive.split(' ').slice(1));
  expect(new Set(sources)).toEqual(new Set(["'none'", "'self'", "'script'"]));
  expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'");
  for (const closed of ['default-src', 'base-uri', 'form-action', 'frame-ancestors', 'trusted-types'])
    expect(contentSecurityPolicy).toContain(`${closed} 'none'`);
});
