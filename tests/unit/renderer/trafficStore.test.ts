import { expect, test } from 'vitest';
import type { TrafficSecond } from '../../../main/contract/events.ts';
import { createTrafficStore } from '../../../renderer/api/trafficStore.ts';

const start = 1_000_000_000_000;

function second(offset: number, change: Partial<TrafficSecond> = {}): TrafficSecond {
  const time = start + offset * 1000;
  return {
    time,
    requests: 1,
    errors: 0,
    inputTokens: 5,
    outputTokens: 10,
    firstTokenMs: 100,
    inFlight: 2,
    ...change,
  };
}

test('seconds that were not told are zeros, so that time goes on without traffic', () => {
  const store = createTrafficStore(() => start + 10_000);
  store.push(second(0));
  store.push(second(4));
  const seen = store.until(start + 5000).slice(-6);
  expect(seen.map(({ requests }) => requests)).toEqual([1, 0, 0, 0, 1, 0]);
  expect(
    seen.every((entry, index) => index === 0 || entry.time - (seen[index - 1]?.time ?? 0) === 1000),
  ).toBe(true);
});

test('the rates are of the last minute of the gateway, whatever this clock says', () => {
  // This machine is an hour behind the gateway, which tells each second 50 ms after it ended.
  const store = createTrafficStore(() => now);
  let now = 0;
  for (let offset = 0; offset < 70; offset += 1) {
    now = start + (offset + 1) * 1000 + 50 - 3_600_000;
    store.push(second(offset, { firstTokenMs: offset === 69 ? 300 : null }));
  }
  expect(Math.abs(store.gatewayNow() - (start + 70_000))).toBeLessThan(100);
  expect(store.rates()).toEqual({
    requestsPerMinute: 60,
    tokensPerSecond: 10,
    firstTokenMs: 300,
    inFlight: 2,
  });
  now += 120_000;
  expect(store.rates()).toMatchObject({ requestsPerMinute: 0, tokensPerSecond: 0, firstTokenMs: null });
});

test('a seed replaces what was known', () => {
  const store = createTrafficStore(() => start + 2000);
  store.push(second(0, { requests: 9 }));
  store.seed([second(1, { requests: 2 })]);
  expect(
    store
      .until(start + 1000)
      .slice(-2)
      .map(({ requests }) => requests),
  ).toEqual([0, 2]);
});

test('corrected token sums never show as a negative rate', () => {
  const store = createTrafficStore(() => start + 1000);
  store.push(second(0, { outputTokens: -40 }));
  expect(store.rates().tokensPerSecond).toBe(0);
});
