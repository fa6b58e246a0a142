import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Release } from '../../../../main/contract/schemas/update.ts';
import { createUpdates } from '../../../../main/desktop/updates/createUpdates.ts';
import type { UpdateEngine } from '../../../../main/desktop/updates/updateEngine.ts';
import { UpdateError } from '../../../../main/desktop/updates/updateError.ts';

const release: Release = { version: '2.0.0', notes: '', size: 5 };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const hourMs = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bench(given: Partial<UpdateEngine> = {}, online: () => boolean = () => true) {
  const done: string[] = [];
  const engine: UpdateEngine = {
    way: 'itself',
    check: async () => {
      done.push('check');
      return release;
    },
    load: async () => void done.push('load'),
    restart: () => void done.push('restart'),
    ...given,
  };
  const updates = createUpdates({
    version: '1.0.0',
    way: 'itself',
    page: null,
    source: { engine: async () => engine },
    isOnline: online,
    quit: () => void done.push('quit'),
    clock: { now: () => Date.now() },
    random: () => 0.5,
    log,
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { updates, done, settle, state: () => updates.view.now.update.state };
}

test('it looks after ten seconds and daily from then on, and loads nothing by itself', async () => {
  const { updates, done, state } = bench({
    check: async () => {
      done.push('check');
      return null;
    },
  });
  updates.begin();
  await vi.advanceTimersByTimeAsync(9_900);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(done).toEqual(['check']);
  expect(state()).toBe('current');
  await vi.advanceTimersByTimeAsync(24 * hourMs);
  expect(done).toEqual(['check']);
  await vi.advanceTimersByTimeAsync(2 * hourMs);
  expect(done).toEqual(['check', 'check']);
  updates.close();
});

test('without a network it does not even ask, and looks again soon', async () => {
  let online = false;
  const { updates, done } = bench({}, () => online);
  updates.begin();
  await vi.advanceTimersByTimeAsync(10_100);
  expect(done).toEqual([]);
  online = true;
  await vi.advanceTimersByTimeAsync(3 * hourMs);
  expect(done).toEqual(['check']);
  updates.close();
});

test('found, it waits for the person: loaded on a word, in place at the end of the program', async () => {
  const { updates, done, settle, state } = bench();
  updates.restart();
  updates.load();
  await settle();
  expect(done).toEqual([]);
  updates.check();
  await settle();
  expect(state()).toBe('available');
  expect(updates.leave()).toBe(false);
  updates.load();
  await settle();
  expect(state()).toBe('ready');
  updates.check();
  expect(state()).toBe('ready');
  expect(updates.leave()).toBe(false);
  updates.restart();
  expect(done).toEqual(['check', 'load', 'quit']);
  expect(updates.leave()).toBe(true);
  expect(done.at(-1)).toBe('restart');
});

test('what fails is told, and can be tried again', async () => {
  let broken = true;
  const { updates, settle, state } = bench({
    load: async () => {
      if (broken) throw new UpdateError('insecure', 'http: is not https');
    },
    restart: () => {
      throw new Error('no');
    },
  });
  updates.check();
  await settle();
  updates.load();
  await settle();
  expect(updates.view.now.update).toMatchObject({ state: 'available', trouble: 'insecure' });
  broken = false;
  updates.load();
  await settle();
  updates.restart();
  expect(updates.leave()).toBe(false);
  expect(state()).toBe('available');
});

test('a window that follows hears how it stands, then each change, and leaves when it wants', async () => {
  const { updates, settle } = bench();
  const leaving = new AbortController();
  const heard: string[] = [];
  const following = (async () => {
    for await (const { update } of updates.view.follow(leaving.signal)) heard.push(update.state);
  })();
  await settle();
  expect(heard).toEqual(['idle']);
  updates.check();
  await settle();
  expect(heard.at(-1)).toBe('available');
  leaving.abort();
  await following;
});
