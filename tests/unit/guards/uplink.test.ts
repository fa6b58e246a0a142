import { expect, test } from 'vitest';
import { createAccountHealth } from '../../../main/guards/accountHealth.ts';
import { createLedger } from '../../../main/guards/ledger.ts';
import { createUplink } from '../../../main/guards/uplink.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

function setUp() {
  const clock = createFakeClock();
  const told: (string | null)[] = [];
  let renewed = 0;
  const uplink = createUplink({
    clock,
    offline: (trouble) => void told.push(trouble),
    onRenew: () => void renewed++,
  });
  const ledger = createLedger({ clock, timeZone: 'UTC', sink: { count: () => {}, addCall: () => {} } });
  const health = createAccountHealth({ clock, ledger, uplink, random: () => 0.5, onChange: () => {} });
  const failures = (count: number): void => {
    for (let round = 0; round < count; round++) health.enter('e/a', 'm', false)?.failed('connection reset');
  };
  return { clock, uplink, health, failures, told, renewed: () => renewed };
}

test('where nothing happens to the machine, failures open the circuit', () => {
  const { health, failures } = setUp();
  failures(4);
  expect(health.unavailable('e/a', 'm')).toMatchObject({ state: 'open' });
});

test('what began before the sleep and fails after it is nobody’s fault', () => {
  const { clock, uplink, health } = setUp();
  const permits = Array.from({ length: 6 }, () => health.enter('e/a', 'm', false));
  uplink.suspend();
  expect(uplink.held).toBe(true);
  uplink.renew();
  clock.advance(60_000);
  for (const permit of permits) permit?.failed('connection reset');
  expect(health.unavailable('e/a', 'm')).toBeNull();
});

test('what fails while the machine falls asleep is excused, and so is what finds no network right after it', () => {
  const { clock, uplink, health, failures } = setUp();
  uplink.suspend();
  failures(6);
  uplink.renew();
  failures(6);
  expect(health.unavailable('e/a', 'm')).toBeNull();
  clock.advance(10_000);
  failures(4);
  expect(health.unavailable('e/a', 'm')).toMatchObject({ state: 'open' });
});

test('a probe that died in sleep leaves the circuit to the next probe', () => {
  const { clock, uplink, health, failures } = setUp();
  failures(4);
  clock.advance(60_000);
  const probe = health.enter('e/a', 'm', false);
  expect(health.enter('e/a', 'm', false)).toBeNull();
  uplink.suspend();
  uplink.renew();
  probe?.failed('connection reset');
  expect(health.enter('e/a', 'm', false)).not.toBeNull();
});

test('offline is told once, holds back what nobody waits for, and blames nobody', () => {
  const { uplink, health, failures, told, renewed } = setUp();
  uplink.setOnline(false);
  uplink.setOnline(false);
  expect(uplink.held).toBe(true);
  failures(20);
  expect(health.unavailable('e/a', 'm')).toBeNull();
  uplink.setOnline(true);
  expect(told).toEqual([expect.stringContaining('offline'), null]);
  expect(uplink.held).toBe(false);
  expect(renewed()).toBe(2);
});

test('good answers are good whatever the network does', () => {
  const { clock, uplink, health, failures } = setUp();
  failures(4);
  clock.advance(60_000);
  const probe = health.enter('e/a', 'm', false);
  uplink.renew();
  probe?.succeeded();
  expect(health.unavailable('e/a', 'm')).toBeNull();
});
