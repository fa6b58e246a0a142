import { describe, expect, it } from 'vitest';
import { isNearby } from '../../../main/base/isNearby.ts';
import { environmentProxy } from '../../../main/base/systemProxy.ts';

const url = 'https://api.openai.com/v1';

describe('the proxy of the environment', () => {
  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    [{ HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2/' }, 'http://q:2'],
    [{ HTTP_PROXY: 'http://p:1' }, null],
    [{ ALL_PROXY: 'socks5h://p:1' }, 'socks5://p:1'],
    [{ ALL_PROXY: '127.0.0.1:7890' }, 'http://127.0.0.1:7890'],
    [{ ALL_PROXY: 'ftp://p:1' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.test, .openai.com' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'openai.com:443' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'openai.com:8443' }, 'http://p:1'],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'notopenai.com,ai.com' }, 'http://p:1'],
  ])('%j', (env, expected) => {
    expect(environmentProxy(env)(url)).toBe(expected);
  });

  it('spares subnets and addresses', () => {
    const proxyFor = environmentProxy({ http_proxy: 'http://p:1', no_proxy: '10.0.0.0/8,[::1],1.2.3.4' });
    expect(['http://10.9.8.7/', 'http://[::1]:3/', 'http://1.2.3.4/'].map(proxyFor)).toEqual([
      null,
      null,
      null,
    ]);
    expect(proxyFor('http://11.0.0.1/')).toBe('http://p:1');
  });
});

it.each([
  ['localhost', true],
  ['127.8.8.8', true],
  ['[::1]', true],
  ['192.168.1.5', true],
  ['172.32.0.1', false],
  ['nas.local', true],
  ['ollama', true],
  ['api.openai.com', false],
  ['8.8.8.8', false],
])('%s lies near: %s', (host, near) => {
  expect(isNearby(host)).toBe(near);
});
