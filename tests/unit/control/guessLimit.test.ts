import { describe, expect, it } from 'vitest';
import { addressGroup, createGuessLimit } from '../../../main/server/hooks/guessLimit.ts';

function build() {
  let time = 1_000_000;
  const limit = createGuessLimit({ now: () => 0, monotonic: () => time });
  return {
    limit,
    pass: (ms: number) => {
      time += ms;
    },
    /** Tries as the hook does, with a wrong secret: true where it was looked at. */
    guess(address: string, hash: string) {
      if (!limit.mayTry(address)) return false;
      limit.wrong(address, hash);
      return true;
    },
  };
}

describe('guesses', () => {
  it('are looked at twenty times in any minute', () => {
    const { guess, pass } = build();
    const looked: number[] = [];
    for (let index = 0; index < 1000; index += 1) {
      if (guess('10.0.0.1', `h${index}`)) looked.push(index * 200);
      pass(200);
    }
    expect(looked.length).toBeGreaterThan(20);
    for (const from of looked)
      expect(looked.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
  });

  it('that repeat a known wrong one are free', () => {
    const { guess, limit } = build();
    for (let index = 0; index < 100; index += 1) expect(guess('10.0.0.1', 'stale-tab')).toBe(true);
    expect(limit.mayTry('10.0.0.1')).toBe(true);
  });

  it('of one address do not count for another', () => {
    const { guess, limit } = build();
    for (let index = 0; index < 30; index += 1) guess('10.0.0.1', `h${index}`);
    expect(limit.mayTry('10.0.0.1')).toBe(false);
    expect(limit.mayTry('::ffff:10.0.0.1')).toBe(false);
    expect(limit.mayTry('10.0.0.2')).toBe(true);
  });

  it('are forgotten after a minute', () => {
    const { guess, limit, pass } = build();
    for (let index = 0; index < 30; index += 1) guess('10.0.0.1', `h${index}`);
    pass(60_001);
    expect(limit.mayTry('10.0.0.1')).toBe(true);
  });

  it('from very many addresses do not grow the table without end', () => {
    const { guess, limit } = build();
    for (let index = 0; index < 20; index += 1) guess('10.0.0.1', `h${index}`);
    for (let index = 0; index < 5_000; index += 1) guess(`10.1.${index >> 8}.${index & 255}`, 'h');
    expect(limit.mayTry('10.0.0.1')).toBe(true);
  });
});

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['::1', '0:0:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group);
});
