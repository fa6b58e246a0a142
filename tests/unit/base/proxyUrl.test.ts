import { expect, it } from 'vitest';
import { concealProxy, joinProxy, splitProxy } from '../../../main/base/proxyUrl.ts';

it.each([
  ['http://me:word@h.test:8080', 'http://me@h.test:8080', 'word', 'http://me:word@h.test:8080'],
  ['socks5://me:p%40%3A%2F$&@h.test', 'socks5://me@h.test', 'p@:/$&', 'socks5://me:p%40%3A%2F%24%26@h.test'],
  ['http://:word@h.test', 'http://h.test', 'word', 'http://:word@h.test'],
  ['http://me:100%@h.test', 'http://me@h.test', '100%', 'http://me:100%25@h.test'],
  ['http://m%40e:a@b@h.test', 'http://m%40e@h.test', 'a@b', 'http://m%40e:a%40b@h.test'],
])('%s is taken apart and put together', (written, url, password, whole) => {
  expect(splitProxy(written)).toEqual({ url, password });
  expect(joinProxy(url, password)).toBe(whole);
  expect(decodeURIComponent(new URL(whole).password)).toBe(password);
  expect(concealProxy(written)).toBe(joinProxy(url, '••', 'raw'));
});

it.each(['http://h.test:8080', 'http://me@h.test', 'http://me:@h.test', 'system', 'direct'])(
  '%s holds no password',
  (written) => {
    expect(splitProxy(written)).toBeNull();
  },
);
