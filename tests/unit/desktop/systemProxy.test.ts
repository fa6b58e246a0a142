import { expect, test } from 'vitest';
import { createSystemProxy, readPacAnswer } from '../../../main/desktop/systemProxy.ts';

test.each([
  ['DIRECT', null],
  ['PROXY 127.0.0.1:7890; DIRECT', 'http://127.0.0.1:7890'],
  ['HTTPS proxy.example:443', 'https://proxy.example:443'],
  ['SOCKS5 127.0.0.1:7891', 'socks5://127.0.0.1:7891'],
  ['SOCKS4 127.0.0.1:1; PROXY [::1]:8080', 'http://[::1]:8080'],
  ['DIRECT; PROXY 127.0.0.1:7890', null],
  ['PROXY', null],
  ['', null],
])('%j leads to %j', (answer, proxy) => {
  expect(readPacAnswer(answer)).toBe(proxy);
});

test('the environment counts first; the system is asked once for an origin, and again when it may have changed', async () => {
  let now = 0;
  let answer = 'PROXY a.example:1';
  const asked: string[] = [];
  const proxy = createSystemProxy({
    env: { HTTP_PROXY: 'http://env.example:2' },
    resolveProxy: async (url) => {
      asked.push(url);
      return answer;
    },
    monotonic: () => now,
  });
  expect(await proxy('http://plain.example/v1')).toBe('http://env.example:2');
  expect(await proxy('https://api.example/v1/chat?key=secret')).toBe('http://a.example:1');
  expect(await proxy('https://api.example/v1/models')).toBe('http://a.example:1');
  answer = 'DIRECT';
  now = 10_000;
  expect(await proxy('https://api.example/v1/models')).toBeNull();
  expect(asked).toEqual(['https://api.example/', 'https://api.example/']);
});

test('a system that can not say leaves requests their straight way', async () => {
  const proxy = createSystemProxy({
    env: {},
    resolveProxy: () => Promise.reject(new Error('no session')),
    monotonic: () => 0,
  });
  expect(await proxy('https://api.example/')).toBeNull();
});
