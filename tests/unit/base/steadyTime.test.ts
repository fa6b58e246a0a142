import { expect, it } from 'vitest';
import { createSteadyTime } from '../../../main/base/steadyTime.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const hour = 3_600_000;

it('goes with the wall clock, over sleep too, and not back with it', () => {
  const clock = createFakeClock();
  const start = clock.now();
  const steady = createSteadyTime(clock);
  clock.advance(1_000);
  expect(steady.now()).toBe(start + 1_000);
  clock.set(start + hour);
  expect(steady.now()).toBe(start + hour);
  clock.set(start);
  expect(steady.now()).toBe(start + hour);
  clock.advance(500);
  expect(steady.now()).toBe(start + hour + 500);
  expect(steady.toWall(steady.now() + 60)).toBe(clock.now() + 60);
  expect(steady.fromWall(clock.now() + 60)).toBe(steady.now() + 60);
  clock.set(start + 2 * hour);
  expect(steady.now()).toBe(clock.now());
});
