import { describe, expect, test } from 'vitest';
import { type BodiesEntry, createUsageQueue } from '../../../main/store/usage/usageQueue.ts';
import { sampleRecord } from './sampleRecord.ts';

const bodiesOf = (recordId: string): BodiesEntry => ({
  recordId,
  bodies: { request: { text: '{}', mediaType: 'application/json', bytes: 2, isCut: false }, answer: null },
});

describe('the queue', () => {
  test('hands over everything in order and is empty then', () => {
    const queue = createUsageQueue(100);
    const records = [sampleRecord(), sampleRecord()];
    for (const record of records) queue.addRecord(record);
    queue.addBodies(bodiesOf('a'));
    queue.addCount({ scope: 'a', day: 'd', requests: 1, tokens: 2, costUsd: 3 });
    queue.addCall({ scope: 'a', time: 1, tokens: 2 });
    expect(queue.isEmpty).toBe(false);
    expect(queue.take()).toEqual({
      records,
      bodies: [bodiesOf('a')],
      counts: [{ scope: 'a', day: 'd', requests: 1, tokens: 2, costUsd: 3 }],
      calls: [{ scope: 'a', time: 1, tokens: 2 }],
    });
    expect(queue.isEmpty).toBe(true);
  });

  test('gives up the oldest bodies beyond a bound of their own, and does not count them', () => {
    const queue = createUsageQueue(10_000);
    for (let n = 0; n < 1_000; n += 1) queue.addBodies(bodiesOf(`r${n}`));
    const taken = queue.take();
    expect(taken.bodies.length).toBeLessThanOrEqual(200);
    expect(taken.bodies.length).toBeGreaterThan(100);
    expect(taken.bodies.at(-1)).toEqual(bodiesOf('r999'));
    for (let n = 0; n < 150; n += 1) queue.addBodies(bodiesOf(`s${n}`));
    queue.putBack(taken);
    const { bodies } = queue.take();
    expect(bodies).toHaveLength(200);
    expect(bodies.at(-1)).toEqual(bodiesOf('s149'));
    expect(queue.dropped).toBe(0);
  });

  test('gives up the oldest records beyond its bound, and counts them', () => {
    const queue = createUsageQueue(100);
    const records = Array.from({ length: 1000 }, (_, time) => sampleRecord({ time }));
    for (const record of records) queue.addRecord(record);
    const { records: kept } = queue.take();
    expect(kept.length).toBeGreaterThanOrEqual(90);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept).toEqual(records.slice(-kept.length));
    expect(queue.dropped).toBe(1000 - kept.length);
  });

  test('never gives up counts: they add up', () => {
    const queue = createUsageQueue(10);
    for (let n = 0; n < 5000; n++) {
      queue.addCount({ scope: `s${n % 3}`, day: 'd', requests: 1, tokens: 2, costUsd: 0.5 });
      if (n % 100 === 0) queue.putBack(queue.take());
    }
    const sums = new Map<string, number>();
    for (const { scope, requests, tokens, costUsd } of queue.take().counts) {
      sums.set(scope, (sums.get(scope) ?? 0) + requests);
      expect([tokens, costUsd]).toEqual([requests * 2, requests / 2]);
    }
    expect(Object.fromEntries(sums)).toEqual({ s0: 1667, s1: 1667, s2: 1666 });
    expect(queue.dropped).toBe(0);
  });

  test('puts back before what came meanwhile', () => {
    const queue = createUsageQueue(3);
    const records = [0, 1, 2, 3].map((time) => sampleRecord({ time }));
    for (const record of records.slice(0, 2)) queue.addRecord(record);
    const taken = queue.take();
    for (const record of records.slice(2)) queue.addRecord(record);
    queue.putBack(taken);
    expect(queue.take().records).toEqual(records.slice(1));
    expect(queue.dropped).toBe(1);
  });
});
