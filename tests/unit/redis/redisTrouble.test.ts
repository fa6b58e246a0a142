import { describe, expect, it } from 'vitest';
import { RedisSlowError, redisTrouble } from '../../../main/store/redis/redisTrouble.ts';

describe('redisTrouble', () => {
  it.each([
    ['NOAUTH Authentication required.', /wants a password/],
    ['WRONGPASS invalid username-password pair or user is disabled.', /refuses the user or the password/],
    ['ERR invalid password', /refuses the user or the password/],
    ["READONLY You can't write against a read only replica.", /read-only/],
    ["OOM command not allowed when used memory > 'maxmemory'.", /memory is full/],
    ['LOADING Redis is loading the dataset in memory', /loading/],
    ["NOPERM this user has no permissions to run the 'evalsha' command", /may not/],
    ['ERR DB index is out of range', /DB index is out of range/],
  ])('%s', (message, expected) => {
    expect(redisTrouble(new Error(message))).toEqual({ text: expect.stringMatching(expected), said: true });
  });

  it('tells connections from answers', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(redisTrouble(refused)).toEqual({ text: "it can't be reached (ECONNREFUSED)", said: false });
    expect(redisTrouble(new RedisSlowError(250)).said).toBe(false);
    expect(redisTrouble(null)).toEqual({ text: 'the connection ended', said: false });
    expect(redisTrouble('constructor').said).toBe(false);
  });
});
