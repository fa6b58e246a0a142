import { describe, expect, it } from 'vitest';
import type { EndpointPatch } from '../../../main/contract/endpointOperations.ts';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { conceal, restoredProxy } from '../../../main/control/concealed.ts';
import { InputInvalidError, NotFoundError } from '../../../main/control/controlErrors.ts';
import { patchEndpoint } from '../../../main/control/patchEndpoint.ts';

const endpoint = () =>
  endpointSchema.parse({
    id: 'e',
    kind: 'ondemand',
    baseUrl: 'https://api.one.test/v1',
    accounts: [
      { id: 'a1', secret: { vault: 'account/e/a1' } },
      { id: 'a2', secret: { env: 'SECOND' } },
      { id: 'a3' },
    ],
    limits: { rpm: 60, rpd: 1000 },
    headers: { 'X-Api-Key': { vault: 'header/e/x-api-key' }, 'X-Team': 'blue' },
    proxy: { url: 'http://me@proxy.test:1', password: { vault: 'proxy/e' } },
    options: {
      authBaseUrl: 'https://login.one.test',
      token: { vault: 'option/e/token' },
      deep: { list: [{ password: { env: 'DEEP' } }], plain: 1 },
    },
  });

function patched(patch: EndpointPatch, secrets: Record<string, string> = {}) {
  const target = endpoint();
  const changed = patchEndpoint(target, patch, secrets);
  return { target, changed, secrets: target.accounts.map(({ secret }) => secret) };
}

describe('a key belongs to one origin', () => {
  it.each([
    ['another host', { baseUrl: 'https://api.two.test/v1' }],
    ['another port', { baseUrl: 'https://api.one.test:8443/v1' }],
    ['plain http', { baseUrl: 'http://api.one.test/v1' }],
    ['a sub-domain', { baseUrl: 'https://x.api.one.test/v1' }],
    ['another place to log in', { options: { authBaseUrl: 'https://login.two.test' } }],
  ])('%s drops every credential that was not typed anew', (_what, patch) => {
    const { target, changed, secrets } = patched(patch);
    expect(secrets).toEqual([undefined, undefined, undefined]);
    expect(changed).toEqual(['a1', 'a2']);
    expect(target.headers).toEqual({ 'X-Team': 'blue' });
    expect(JSON.stringify(target.options)).not.toMatch(/token|password/);
  });

  it.each([
    ['another path', { baseUrl: 'https://API.one.test/v2/' }],
    ['the default port spelled out', { baseUrl: 'https://api.one.test:443/v1' }],
    ['one of the endpoint’s other origins', { baseUrl: 'https://login.one.test' }],
    ['nothing about the address', { name: 'New name' }],
  ])('%s keeps them', (_what, patch) => {
    const { target, changed, secrets } = patched(patch);
    expect(secrets).toEqual([{ vault: 'account/e/a1' }, { env: 'SECOND' }, undefined]);
    expect(changed).toEqual([]);
    expect(target.headers['X-Api-Key']).toEqual({ vault: 'header/e/x-api-key' });
  });

  it('a password for another sign-in does not go to on-demand.io’s own once that is taken out', () => {
    const target = endpointSchema.parse({
      id: 'e',
      kind: 'ondemand',
      baseUrl: 'https://api.on-demand.io',
      accounts: [{ id: 'a1', email: 'me@example.com', secret: { vault: 'account/e/a1' } }],
      options: { authBaseUrl: 'https://login.one.test' },
    });
    expect(patchEndpoint(target, { options: {} }, {})).toEqual(['a1']);
    for (const account of target.accounts) account.secret = { vault: 'account/e/a1' };
    const spelledOut = { options: { authBaseUrl: 'https://gateway.on-demand.io/' } };
    expect(patchEndpoint(target, spelledOut, {})).toEqual([]);
  });

  it('lets new keys come along', () => {
    const { secrets, changed } = patched({ baseUrl: 'https://api.two.test' }, { a1: 'new-key' });
    expect(secrets).toEqual(['new-key', undefined, undefined]);
    expect(changed.sort()).toEqual(['a1', 'a2']);
    expect(() => patched({}, { a9: 'x' })).toThrow(NotFoundError);
  });

  it('a header typed anew goes along, a mask sent back does not', () => {
    const moved = { baseUrl: 'https://api.two.test' };
    expect(patched({ ...moved, headers: { 'X-Api-Key': 'new-header-key' } }).target.headers).toEqual({
      'X-Api-Key': 'new-header-key',
    });
    const { headers } = conceal(endpoint());
    expect(headers['X-Api-Key']).toBe('••');
    expect(patched({ ...moved, headers }).target.headers).toEqual({ 'X-Team': 'blue' });
  });
});

describe('masks that come back from a form', () => {
  it('stand for what they hide', () => {
    const before = endpoint();
    const shown = conceal(before);
    expect(JSON.stringify(shown)).not.toMatch(/vault|env/);
    expect(shown.proxy).toBe('http://me:••@proxy.test:1');
    const { target } = patched({
      headers: { ...shown.headers, 'X-New': '1' },
      options: { ...shown.options, deep: { ...(shown.options.deep as object), plain: 2 } },
      proxy: shown.proxy,
    });
    expect(target.headers).toEqual({ ...before.headers, 'X-New': '1' });
    expect(target.options).toEqual({
      ...before.options,
      deep: { list: [{ password: { env: 'DEEP' } }], plain: 2 },
    });
    expect(target.proxy).toEqual(before.proxy);
  });

  it.each<[what: string, patch: EndpointPatch, path: RegExp]>([
    ['another header', { headers: { 'X-Other-Key': '••' } }, /^headers\.X-Other-Key: .*mask/],
    ['another proxy', { proxy: 'http://me:••@elsewhere.test:1' }, /^proxy: .*mask/],
    ['another option', { options: { password: '••' } }, /^options\.password: .*mask/],
  ])('are refused for %s', (_what, patch, path) => {
    expect(() => patched(patch)).toThrow(InputInvalidError);
    expect(() => patched(patch)).toThrow(path);
  });

  it('give way to a new value', () => {
    expect(patched({ proxy: null }).target.proxy).toBeNull();
    expect(patched({ proxy: 'http://me:new@proxy.test:1' }).target.proxy).toContain('new');
    expect(patched({ headers: { 'X-Api-Key': 'typed' } }).target.headers).toEqual({ 'X-Api-Key': 'typed' });
  });

  it('hold for the network’s proxy too', () => {
    const held = { url: 'http://proxy.test:1', password: { vault: 'network/proxy' } };
    expect(restoredProxy('http://:••@proxy.test:1', held)).toEqual(held);
    expect(restoredProxy('system', held)).toBe('system');
    expect(() => restoredProxy('http://:••@other.test:1', held)).toThrow(InputInvalidError);
  });
});

describe('a reference', () => {
  it.each([{ vault: 'account/e/a1' }, { env: 'HOME' }])('to %o is taken from no window', (token) => {
    expect(() => patched({ options: { token } })).toThrow(/^options\.token: .*settings\.json alone/);
  });
});

describe('fields', () => {
  it('change one by one, limits too; what is absent stays', () => {
    const { target } = patched({ weight: 3, limits: { rpm: 5 } });
    expect(target.weight).toBe(3);
    expect(target.limits).toMatchObject({ rpm: 5, rpd: 1000, tpm: -1 });
    expect(target.baseUrl).toBe('https://api.one.test/v1');
    expect(patched({ name: undefined }).target.name).toBe('');
  });
});
