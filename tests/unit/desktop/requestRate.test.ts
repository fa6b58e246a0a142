import { expect, test } from 'vitest';
import { createRequestRate } from '../../../main/desktop/requestRate.ts';

const second = (time: number, requests: number) => ({
  time: time * 1_000,
  requests,
  errors: 0,
  inputTokens: 0,
  outputTokens: 0,
  firstTokenMs: null,
  inFlight: 0,
});

test('counts the last sixty seconds', () => {
  const rate = createRequestRate();
  expect(rate.add(second(100, 2))).toBe(2);
  expect(rate.add(second(101, 3))).toBe(5);
  expect(rate.add(second(159, 1))).toBe(6);
  expect(rate.add(second(160, 0))).toBe(4);
  expect(rate.add(second(500, 0))).toBe(0);
});

test('a second told twice counts once', () => {
  const rate = createRequestRate();
  rate.add(second(1, 2));
  expect(rate.add(second(1, 5))).toBe(5);
});
