import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrafficSecond } from '../../../main/contract/events.ts';
import { createLiveBus } from '../../../main/control/liveBus.ts';
import { createTraffic } from '../../../main/control/traffic.ts';
import { memoryLog } from './samples.ts';

/** Half a second into a minute, so that alignment shows. */
const start = 1_700_000_000_500;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(start);
});
afterEach(() => vi.useRealTimers());

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

function build() {
  const liveBus = createLiveBus({ log: memoryLog().log });
  const traffic = createTraffic({ clock, liveBus });
  const listen = () => {
    const seconds: (TrafficSecond & { heardAt: number })[] = [];
    const stop = liveBus.subscribe((event) => {
      if (event.name === 'traffic') seconds.push({ ...event.second, heardAt: Date.now() });
    });
    return { seconds, stop };
  };
  return { traffic, listen };
}

describe('the last minute', () => {
  it('is sixty contiguous seconds up to the last whole one', () => {
    const { traffic } = build();
    const minute = traffic.lastMinute();
    expect(minute).toHaveLength(60);
    expect(minute.at(-1)?.time).toBe(1_699_999_999_000);
    expect(minute.every((second, index) => second.time === 1_699_999_940_000 + index * 1000)).toBe(true);
    expect(minute.every((second) => second.requests === 0 && second.firstTokenMs === null)).toBe(true);
  });

  it('sums what fell into each second', () => {
    const { traffic } = build();
    traffic.opened();
    traffic.opened();
    traffic.firstToken(100);
    traffic.firstToken(300);
    traffic.produced(50);
    traffic.produced(-8);
    traffic.closed({ failed: true, inputTokens: 7 });
    vi.advanceTimersByTime(1000);
    traffic.closed({ failed: false, inputTokens: 5 });
    vi.advanceTimersByTime(1000);
    expect(traffic.lastMinute().slice(-2)).toEqual([
      {
        time: 1_700_000_000_000,
        requests: 1,
        errors: 1,
        inputTokens: 7,
        outputTokens: 42,
        firstTokenMs: 200,
        inFlight: 1,
      },
      {
        time: 1_700_000_001_000,
        requests: 1,
        errors: 0,
        inputTokens: 5,
        outputTokens: 0,
        firstTokenMs: null,
        inFlight: 0,
      },
    ]);
    expect(traffic.inFlight).toBe(0);
  });

  it('carries what is in flight through silent seconds, and only from where it began', () => {
    const { traffic } = build();
    vi.advanceTimersByTime(10_000);
    traffic.opened();
    vi.advanceTimersByTime(5_000);
    const flying = traffic.lastMinute().map(({ inFlight }) => inFlight);
    expect(flying.slice(-6)).toEqual([0, 1, 1, 1, 1, 1]);
    vi.advanceTimersByTime(120_000);
    expect(traffic.lastMinute().every(({ inFlight }) => inFlight === 1)).toBe(true);
    traffic.closed({ failed: false, inputTokens: 0 });
    vi.advanceTimersByTime(1_000);
    expect(
      traffic
        .lastMinute()
        .slice(-2)
        .map(({ inFlight }) => inFlight),
    ).toEqual([1, 0]);
  });

  it('forgets what is older, also where the ring comes round', () => {
    const { traffic } = build();
    traffic.closed({ failed: false, inputTokens: 9 });
    vi.advanceTimersByTime(60_000);
    expect(traffic.lastMinute().map(({ requests }) => requests)).toEqual([1, ...new Array(59).fill(0)]);
    vi.advanceTimersByTime(1_000);
    expect(traffic.lastMinute().every(({ requests }) => requests === 0)).toBe(true);
  });

  it('shows no negative rate', () => {
    const { traffic } = build();
    traffic.produced(-20);
    vi.advanceTimersByTime(1000);
    expect(traffic.lastMinute().at(-1)?.outputTokens).toBe(0);
  });

  it('bears clocks that jump', () => {
    const { traffic } = build();
    traffic.closed({ failed: false, inputTokens: 1 });
    vi.setSystemTime(start - 3_600_000);
    traffic.closed({ failed: false, inputTokens: 2 });
    vi.advanceTimersByTime(1000);
    const back = traffic.lastMinute();
    expect(back).toHaveLength(60);
    expect(back.at(-1)?.inputTokens).toBe(2);
    vi.setSystemTime(start + 86_400_000);
    expect(traffic.lastMinute().every(({ requests }) => requests === 0)).toBe(true);
  });
});

describe('events', () => {
  it('tell each second as it ends, silent ones too', () => {
    const { traffic, listen } = build();
    const { seconds } = listen();
    traffic.produced(10);
    vi.advanceTimersByTime(3_000);
    expect(seconds.map(({ time, outputTokens }) => [time, outputTokens])).toEqual([
      [1_700_000_000_000, 10],
      [1_700_000_001_000, 0],
      [1_700_000_002_000, 0],
    ]);
    expect(seconds.every(({ time, heardAt }) => heardAt === time + 1000)).toBe(true);
  });

  it('continue the last minute without a gap', () => {
    const { traffic, listen } = build();
    vi.advanceTimersByTime(30_250);
    const { seconds } = listen();
    const last = traffic.lastMinute().at(-1)?.time ?? 0;
    vi.advanceTimersByTime(1_000);
    expect(seconds[0]?.time).toBe(last + 1000);
  });

  it('cost no timer while nobody listens', () => {
    const { traffic, listen } = build();
    traffic.opened();
    expect(vi.getTimerCount()).toBe(0);
    const { stop } = listen();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_500);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    listen();
    traffic.close();
    vi.advanceTimersByTime(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('catch up after a short stall and skip a long one', () => {
    const { listen } = build();
    const { seconds } = listen();
    vi.advanceTimersByTime(500);
    vi.setSystemTime(Date.now() + 3_000);
    vi.advanceTimersByTime(1_000);
    vi.advanceTimersByTime(1_000);
    const times = seconds.map(({ time }) => (time - 1_700_000_000_000) / 1000);
    expect(times).toEqual([0, 1, 2, 3, 4, 5]);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(seconds.slice(times.length)).toHaveLength(1);
  });

  it('go on after the clock was set back', () => {
    const { listen } = build();
    const { seconds } = listen();
    vi.advanceTimersByTime(2_000);
    vi.setSystemTime(start - 600_000);
    const before = seconds.length;
    vi.advanceTimersByTime(3_000);
    expect(seconds.length - before).toBeGreaterThanOrEqual(2);
    expect(seconds.at(-1)?.time).toBeLessThan(start - 590_000);
  });
});
