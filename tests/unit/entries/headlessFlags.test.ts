import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlagError, readFlags } from '../../../main/headlessFlags.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-flags-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function secretFile(content: string): string {
  const file = path.join(folder, 'secret');
  writeFileSync(file, content);
  return file;
}

test('a secret may come from a file, without the line break an editor leaves behind', () => {
  const file = secretFile('open sesame \n');
  expect(readFlags([], { SLUICE_VAULT_PASSPHRASE_FILE: file }).vaultPassphrase).toBe('open sesame ');
  expect(readFlags([], { SLUICE_ADMIN_TOKEN_FILE: file }).adminToken).toBe('open sesame ');
  expect(readFlags([], { SLUICE_CLIENT_KEY_FILE: file }).clientKey).toBe('open sesame ');
});

test('the variable itself comes before the file', () => {
  const env = { SLUICE_ADMIN_TOKEN: 'given', SLUICE_ADMIN_TOKEN_FILE: path.join(folder, 'never there') };
  expect(readFlags([], env).adminToken).toBe('given');
});

test('a file that is missing or empty is named, so that nobody starts without the secret they meant', () => {
  const missing = () => readFlags([], { SLUICE_ADMIN_TOKEN_FILE: path.join(folder, 'never there') });
  expect(missing).toThrow(FlagError);
  expect(missing).toThrow(/SLUICE_ADMIN_TOKEN_FILE.*never there.*ENOENT/);
  expect(() => readFlags([], { SLUICE_VAULT_PASSPHRASE_FILE: secretFile('\n') })).toThrow(/is empty/);
});
