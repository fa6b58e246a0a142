import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../renderer/format/createFormat.ts';

const en = createFormat('en-US');
const zh = createFormat('zh-CN');
const space = '\u00a0';

describe('numbers', () => {
  test('are short from a thousand on where they are amounts', () => {
    expect(en.short(999)).toBe('999');
    expect(en.short(1234)).toBe(`1.2${space}k`);
    expect(en.short(3_400_000)).toBe(`3.4${space}M`);
    expect(zh.short(12_345)).toBe('1.2万');
  });

  test('stay whole up to ten thousand where they are counts', () => {
    expect(en.count(1204)).toBe('1,204');
    expect(en.count(12_040)).toBe(`12${space}k`);
    expect(en.exact(1_234_567)).toBe('1,234,567');
  });

  test('a success below all is never written as all', () => {
    expect(en.percent(1)).toBe('100%');
    expect(en.percent(0.99999)).toBe('99.9%');
  });

  test('a cost below a cent is said to be so', () => {
    expect(en.usd(0)).toBe('$0.00');
    expect(en.usd(0.0004)).toBe('<$0.01');
    expect(en.usd(4.123)).toBe('$4.12');
    expect(zh.usd(4.123)).toBe('$4.12');
    expect(en.usdExact(0.000565)).toBe('$0.000565');
  });

  test('of a single request it is told nevertheless', () => {
    expect(en.usdFine(0)).toBe('$0.00');
    expect(en.usdFine(0.0004)).toBe('$0.0004');
    expect(en.usdFine(0.00012345)).toBe('$0.00012');
    expect(zh.usdFine(0.000000004)).toBe('<$0.0001');
    expect(en.usdFine(4.123)).toBe('$4.12');
  });
});

describe('durations', () => {
  test.each([
    [42, `42${space}ms`],
    [410, `0.41${space}s`],
    [12_340, `12.3${space}s`],
    [185_000, `3:05${space}min`],
  ])('%d ms', (ms, text) => expect(en.duration(ms)).toBe(text));

  test('a bucket is written as it follows "per"', () => {
    expect(en.bucket(60_000)).toBe('minute');
    expect(en.bucket(900_000)).toBe('15 min');
    expect(en.bucket(86_400_000)).toBe('day');
    expect(zh.bucket(3_600_000)).toBe('小时');
    expect(zh.bucket(900_000)).toBe('15分钟');
  });
});

describe('moments', () => {
  const now = new Date(2026, 2, 5, 21, 40, 0).getTime();

  test('are named by the day while it is near', () => {
    expect(en.moment(now, now)).toBe('today 21:40');
    expect(en.moment(now - 86_400_000, now)).toBe('yesterday 21:40');
    expect(zh.moment(now + 86_400_000, now)).toBe('明天 21:40');
    expect(en.moment(new Date(2026, 0, 3, 9, 5).getTime(), now)).toBe('Jan 3 09:05');
    expect(en.day(new Date(2027, 0, 3).getTime(), now)).toBe('Jan 3, 2027');
  });

  test('in a list have their day, but for today', () => {
    expect(en.stamp(now - 60_000, now)).toBe('21:39:00');
    expect(en.stamp(now - 22 * 3_600_000, now)).toBe('Mar 4 23:40');
    expect(zh.stamp(now - 30 * 86_400_000, now)).toBe('2/3 21:40');
  });

  test('count down to the second within the hour', () => {
    expect(en.countdown(now + 42_000, now)).toBe('0:42');
    expect(en.countdown(now + 61_200, now)).toBe('1:02');
    expect(en.countdown(now - 5, now)).toBe('0:00');
    expect(en.countdown(now + 2 * 3_600_000, now)).toBe('today 23:40');
  });

  test('are said as an age', () => {
    expect(en.ago(now - 5 * 60_000, now)).toBe('5 min. ago');
    expect(zh.ago(now - 5 * 60_000, now)).toBe('5分钟前');
    expect(en.ago(now - 30 * 3_600_000, now)).toBe('yesterday 15:40');
  });
});
