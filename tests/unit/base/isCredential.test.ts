import { expect, it } from 'vitest';
import { isCredential } from '../../../main/base/isCredential.ts';

it.each([
  ['Authorization', 'Bearer x'],
  ['proxy-authorization', 'Basic eDp5'],
  ['COOKIE', 'a=b'],
  ['x-api-key', '1'],
  ['api_token', 'x'],
  ['cf-access-client-secret', 'x'],
  ['X-Password', 'x'],
  ['x-passphrase', 'x'],
  ['my-credentials', 'x'],
  ['session-id', 'x'],
  ['authUrl', 'https://user:word@login.test'],
  // By their look, whatever they are called.
  ['X-Team', 'sk-0123456789abcdef'],
  ['X-Note', 'use Bearer abcdefghijkl.mnop'],
  ['callback', 'https://a.test/?api_key=0123'],
])('%s: %s is a credential', (name, value) => {
  expect(isCredential(name, value)).toBe(true);
});

it.each([
  ['X-Team', 'blue'],
  ['HTTP-Referer', 'https://example.com'],
  ['anthropic-version', '2023-06-01'],
  ['apiVersion', '2024-10-21'],
  ['authBaseUrl', 'https://login.test/v1'],
  ['Authorization', ''],
])('%s: %s is none', (name, value) => {
  expect(isCredential(name, value)).toBe(false);
});
