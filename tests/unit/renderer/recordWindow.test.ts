import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecordPage, RequestRecord } from '../../../main/contract/schemas/record.ts';
import {
  createRecordWindow,
  type RecordWindow,
} from '../../../renderer/pages/requests/createRecordWindow.ts';

const total = 5000;
const record = (id: number) => ({ id: String(id) }) as RequestRecord;

/** Answers as the store does: a cursor is the place of the row before. Records are numbered from the newest. */
function store({ short = false } = {}) {
  const asked: number[] = [];
  return {
    asked,
    async fetchPage(cursor: string, limit: number): Promise<RecordPage> {
      const from = Number(cursor);
      asked.push(from);
      // A store may stop looking before the page is full.
      const count = Math.min(short && asked.length % 2 ? Math.floor(limit / 3) : limit, total - from);
      const records = Array.from({ length: count }, (_none, index) => record(from + index));
      return { records, nextCursor: from + count < total ? String(from + count) : null };
    },
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

/** Walks down to the end of what there is. */
async function walkToEnd(window: RecordWindow): Promise<void> {
  for (let known = -1; known !== window.count(); ) {
    known = window.count();
    window.show(known - 30, known - 1);
    await settle();
  }
}

const held = (window: RecordWindow): number =>
  Array.from({ length: window.count() }, (_none, index) => window.at(index)).filter(Boolean).length;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([false, true])(
  'each row is there once, whatever the length of pages (short: %s), and few are in memory',
  async (short) => {
    const window = createRecordWindow(store({ short }));
    window.setHead([record(0), record(1)], '2');
    await walkToEnd(window);
    expect(window.count()).toBe(total);
    expect(held(window)).toBeLessThan(1500);
    for (const place of [0, 2500, 700, 4990]) {
      window.show(place, Math.min(place + 30, total - 1));
      await settle();
      for (let index = place; index < Math.min(place + 30, total); index += 1)
        expect(window.at(index)?.id).toBe(String(index));
    }
    expect(held(window)).toBeLessThan(1500);
    window.close();
  },
);

test('new records on top move the others down and fetch nothing again', async () => {
  const pages = store();
  const window = createRecordWindow(pages);
  window.setHead([record(0)], '1');
  window.show(0, 30);
  await settle();
  const before = pages.asked.length;
  window.setHead([record(-1), record(0)], '1');
  await settle();
  expect(window.at(2)?.id).toBe('1');
  expect(window.indexOf('5')).toBe(6);
  expect(pages.asked.length).toBe(before);
  window.close();
});

test('another cursor behind the head begins another list', async () => {
  const window = createRecordWindow(store());
  window.setHead([record(0)], '1');
  window.show(0, 30);
  await settle();
  window.setHead([record(100)], null);
  expect(window.count()).toBe(1);
  window.close();
});

test('a page that could not be fetched is asked for again', async () => {
  const pages = store();
  let broken = true;
  const window = createRecordWindow({
    fetchPage: (cursor, limit) =>
      broken ? Promise.reject(new Error('away')) : pages.fetchPage(cursor, limit),
  });
  window.setHead([record(0)], '1');
  await settle();
  expect(window.count()).toBe(1);
  broken = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(window.count()).toBeGreaterThan(100);
  window.close();
});
