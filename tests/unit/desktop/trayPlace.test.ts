import { expect, test } from 'vitest';
import type { TrayIcon } from '../../../main/desktop/tray.ts';
import { createTrayPlace } from '../../../main/desktop/trayPlace.ts';
import { noFacts } from '../../../main/desktop/trayState.ts';
import { wordsFor } from '../../../main/desktop/words.ts';

const words = wordsFor('en', 'en');
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function setUp(refused = 0) {
  const seen: string[] = [];
  let refusals = refused;
  let missing = 0;
  let waiting: (() => void) | null = null;
  const place = createTrayPlace({
    create(): TrayIcon {
      if (refusals-- > 0) throw new Error('no status bar');
      seen.push('made');
      return {
        show: ({ requestsPerMinute }) => void seen.push(`shows ${requestsPerMinute}`),
        bounds: () => ({ x: 1, y: 2, width: 3, height: 4 }),
        destroy: () => void seen.push('gone'),
      };
    },
    onMissing: () => void missing++,
    patience(over) {
      waiting = over;
      return () => {
        waiting = null;
      };
    },
    log,
  });
  return { place, seen, missing: () => missing, waitLong: () => waiting?.() };
}

const facts = (requestsPerMinute: number) => ({ ...noFacts, requestsPerMinute });

test('where nothing is known of the desktop the icon is made at once', () => {
  const { place, seen, missing } = setUp();
  place.show(facts(1), words);
  expect(seen).toEqual(['made', 'shows 1']);
  expect([place.shown, place.bounds()?.width, missing()]).toEqual([true, 3, 0]);
});

test('a desktop without a place loses the icon and is told of once', () => {
  const { place, seen, missing, waitLong } = setUp();
  place.setHost(false);
  place.setHost(false);
  expect(missing()).toBe(0);
  waitLong();
  place.show(facts(1), words);
  expect(seen).toEqual(['made', 'gone']);
  expect([place.shown, place.bounds(), missing()]).toEqual([false, null, 1]);
});

test('a panel that comes later gets the icon as things stand then', () => {
  const { place, seen } = setUp();
  place.setHost(false);
  place.show(facts(7), words);
  seen.length = 0;
  place.setHost(true);
  place.setHost(true);
  expect(seen).toEqual(['made', 'shows 7']);
});

test('a system that refuses the icon does not end the program, and may take it later', () => {
  const { place, seen } = setUp(1);
  place.show(facts(2), words);
  expect([place.shown, seen]).toEqual([false, []]);
  place.setHost(true);
  expect(seen).toEqual(['made', 'shows 2']);
});

test('once the program ends no panel brings the icon back', () => {
  const { place, seen } = setUp();
  place.destroy();
  place.setHost(true);
  expect(seen).toEqual(['made', 'gone']);
});

test('a panel that is only late, or a program that ends before, is not told of', () => {
  const { place, missing, waitLong } = setUp();
  place.setHost(false);
  place.setHost(true);
  waitLong();
  place.setHost(false);
  place.destroy();
  waitLong();
  expect(missing()).toBe(0);
});
