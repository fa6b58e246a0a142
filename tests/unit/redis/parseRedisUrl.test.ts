import { describe, expect, it } from 'vitest';
import { isLoopback, parseRedisUrl } from '../../../main/store/redis/parseRedisUrl.ts';

describe('parseRedisUrl', () => {
  it.each([
    [
      'redis://localhost',
      { host: 'localhost', port: 6379, username: null, password: null, db: 0, tls: false },
    ],
    ['redis://10.0.0.1:7000/3', { host: '10.0.0.1', port: 7000, db: 3 }],
    [
      'rediss://sluice:p%40ss%2Fword@redis.example:6380/0',
      { username: 'sluice', password: 'p@ss/word', tls: true },
    ],
    ['redis://:only-password@[::1]:6379/', { host: '::1', username: null, password: 'only-password' }],
    ['REDIS://h', { host: 'h', tls: false }],
  ])('%s', (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject(expected);
  });

  it('shows the address without credentials', () => {
    expect(parseRedisUrl('redis://user:canary@host:1/2').shown).toBe('redis://host:1/2');
  });

  it.each([
    '',
    'localhost:6379',
    'canary@host',
    'http://user:canary@host',
    'redis://',
    'redis:///0',
    'redis://user:canary@host/x',
    'redis://user:canary@host/-1',
    'redis://user:canary%zz@host',
    'redis://user:canary@host:99999',
  ])('refuses %j and does not repeat it', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(/Redis URL/);
    expect(() => parseRedisUrl(url)).not.toThrow(/canary/);
  });

  it('knows what stays on this machine', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1'].every(isLoopback)).toBe(true);
    expect(['redis', '10.0.0.1', '127.evil.example', 'localhost.example'].some(isLoopback)).toBe(false);
  });
});
