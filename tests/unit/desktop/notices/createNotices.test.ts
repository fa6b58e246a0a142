import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveBus } from '../../../../main/control/liveBus.ts';
import { createNotices } from '../../../../main/desktop/notices/createNotices.ts';
import type { Notice, NoticeFacts } from '../../../../main/desktop/notices/notificationsFor.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const second = {
  time: 0,
  requests: 1,
  errors: 0,
  inputTokens: 0,
  outputTokens: 0,
  firstTokenMs: null,
  inFlight: 0,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it looks when something happened, at most now and then, and is silent while a window is looked at', async () => {
  const liveBus = createLiveBus({ log });
  const facts: NoticeFacts = { endpoints: [], keys: [], day: 1, update: null };
  const told: Notice[] = [];
  let looks = 0;
  let quiet = false;
  const notices = createNotices({
    liveBus,
    facts: async () => {
      looks += 1;
      return structuredClone(facts);
    },
    mayTell: () => !quiet,
    tell: (notice) => told.push(notice),
    onTrouble: (error) => {
      throw error;
    },
    clock: { now: () => Date.now() },
    restMs: 1_000,
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(1);
  // A second without a request says nothing.
  liveBus.publish({ name: 'traffic', second: { ...second, requests: 0 } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(1);
  for (let index = 0; index < 50; index += 1) {
    liveBus.publish({ name: 'traffic', second });
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBeGreaterThan(4);
  expect(looks).toBeLessThan(14);

  facts.update = '2.0.0';
  notices.look();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toHaveLength(1);
  // What a person saw in the window is not told behind them.
  quiet = true;
  facts.update = '2.1.0';
  notices.look();
  await vi.advanceTimersByTimeAsync(2_000);
  quiet = false;
  notices.look();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toHaveLength(1);
  notices.close();
  const before = looks;
  liveBus.publish({ name: 'endpoints' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(before);
});
