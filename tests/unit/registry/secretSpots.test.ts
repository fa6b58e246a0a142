import { expect, it } from 'vitest';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { isOurRef, secretSpots, vaultRefs } from '../../../main/registry/secretSpots.ts';

const document = () =>
  settingsSchema.parse({
    network: { proxy: 'http://me:word@h.test:1' },
    clientKeys: [{ id: 'k', secret: 'client-key' }],
    endpoints: [
      {
        id: 'e',
        baseUrl: 'https://e.test/v1',
        accounts: [{ id: 'a1', secret: 'account-key' }, { id: 'a2' }],
        headers: {
          Authorization: 'Bearer x',
          'X-Team': 'blue',
          'X-Code': { secret: 'marked' },
          'X-Env': { env: 'NAME' },
          'X-Held': { vault: 'mine' },
        },
        proxy: { url: 'socks5://h.test:2', password: 'second' },
        options: {
          apiVersion: '2024-10-21',
          extra: { tokens: ['one', { vault: 'two' }], auth: { user: 'me', password: 'deep' } },
          place: { vault: 'not by name' },
        },
      },
    ],
  });

it('secrets are found wherever they stand, with a reference of their own', () => {
  expect(secretSpots(document()).map(({ path, ref, secret }) => [path, ref, secret])).toEqual([
    ['clientKeys[0].secret', 'clientKey/k', 'client-key'],
    ['network.proxy', 'network/proxy', 'word'],
    ['endpoints[0].accounts[0].secret', 'account/e/a1', 'account-key'],
    ['endpoints[0].headers.Authorization', 'header/e/authorization', 'Bearer x'],
    ['endpoints[0].headers.X-Code', 'header/e/x-code', 'marked'],
    ['endpoints[0].headers.X-Env', 'header/e/x-env', { env: 'NAME' }],
    ['endpoints[0].headers.X-Held', 'header/e/x-held', { vault: 'mine' }],
    ['endpoints[0].proxy', 'proxy/e', 'second'],
    ['endpoints[0].options.extra.tokens.0', 'option/e/extra.tokens.0', 'one'],
    ['endpoints[0].options.extra.tokens.1', 'option/e/extra.tokens.1', { vault: 'two' }],
    ['endpoints[0].options.extra.auth.password', 'option/e/extra.auth.password', 'deep'],
  ]);
});

it('what replaces them is found again, and in clear again is a secret still', () => {
  const settings = document();
  const plain = secretSpots(settings).map(({ secret }) => secret);
  for (const { ref, replace } of secretSpots(settings)) replace({ vault: ref });
  const refs = secretSpots(settings).map(({ ref }) => ref);
  expect(vaultRefs(settings)).toEqual(new Set(refs));
  expect(refs.every(isOurRef)).toBe(true);
  expect(refs.map((ref) => `${ref}~`).every(isOurRef)).toBe(true);
  expect(settings.network.proxy).toEqual({ url: 'http://me@h.test:1', password: { vault: 'network/proxy' } });
  expect(settingsSchema.parse(settings)).toEqual(settings);
  secretSpots(settings).forEach(({ replace }, index) => {
    replace(typeof plain[index] === 'string' ? plain[index] : 'unmarked');
  });
  expect(secretSpots(settings).map(({ secret }) => secret)).toEqual(
    plain.map((secret) => (typeof secret === 'string' ? secret : 'unmarked')),
  );
});

it('taken out, nothing of them is left', () => {
  const settings = document();
  for (const { remove } of secretSpots(settings)) remove();
  expect(secretSpots(settings)).toEqual([]);
  expect(settings.clientKeys).toEqual([]);
  expect(settings.network.proxy).toBe('http://me@h.test:1');
  expect(settings.endpoints[0]).toMatchObject({
    headers: { 'X-Team': 'blue' },
    proxy: 'socks5://h.test:2',
    options: { apiVersion: '2024-10-21', extra: { tokens: [null, null], auth: { user: 'me' } } },
  });
});

it('a reference of the user’s own is not ours to delete', () => {
  for (const ref of ['mine', 'admin-token', 'ondemand-session/e/a1', 'network/other'])
    expect(isOurRef(ref)).toBe(false);
});
