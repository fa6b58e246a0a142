import { describe, expect, it } from 'vitest';
import { createAccountHealth } from '../../../main/guards/accountHealth.ts';
import { createLedger } from '../../../main/guards/ledger.ts';
import { createUplink } from '../../../main/guards/uplink.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const unlimited = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };

function setUp() {
  const clock = createFakeClock();
  const ledger = createLedger({ clock, timeZone: 'UTC', sink: { count: () => {}, addCall: () => {} } });
  let changes = 0;
  const uplink = createUplink({ clock, offline: () => {}, onRenew: () => {} });
  const onChange = () => void changes++;
  const health = createAccountHealth({ clock, ledger, uplink, random: () => 0.5, onChange });
  return { clock, health, uplink, changes: () => changes };
}

describe('accountHealth', () => {
  it('holds one model and leaves the others alone', () => {
    const { health, clock } = setUp();
    health.hold('e/a', 'm1', { state: 'cooling', until: clock.now() + 5_000, reason: 'slow down' });
    expect(health.unavailable('e/a', 'm1')).toMatchObject({ state: 'cooling', lastResort: false });
    expect(health.unavailable('e/a', 'm2')).toBeNull();
    expect(health.unavailable('e/b', 'm1')).toBeNull();
    clock.advance(5_000);
    expect(health.unavailable('e/a', 'm1')).toBeNull();
  });

  it('holds and circuits end in their time though the clock is set back', () => {
    const { health, clock } = setUp();
    health.hold('e/a', 'm1', { state: 'cooling', until: clock.now() + 5_000, reason: 'slow down' });
    for (let count = 0; count < 4; count++) health.enter('e/a', 'm2', false)?.failed('down');
    const left = (model: string): number => (health.unavailable('e/a', model)?.until ?? 0) - clock.now();
    const open = left('m2');
    clock.set(clock.now() - 3_600_000);
    expect([left('m1'), left('m2')]).toEqual([5_000, open]);
    clock.advance(5_000);
    expect(health.unavailable('e/a', 'm1')).toBeNull();
    clock.advance(open - 5_000);
    expect(health.enter('e/a', 'm2', false)).not.toBeNull();
  });

  it('a refused account is out for every model until it is cleared', () => {
    const { health } = setUp();
    health.hold('e/a', null, { state: 'refused', until: null, reason: 'invalid key' });
    expect(health.unavailable('e/a', 'any')).toMatchObject({ state: 'refused' });
    expect(health.read('e/a', unlimited)).toMatchObject({ state: 'refused', reason: 'invalid key' });
    health.clear('e/a');
    expect(health.unavailable('e/a', 'any')).toBeNull();
  });

  it('a missing model may still be tried as a last resort', () => {
    const { health, clock } = setUp();
    health.hold('e/a', 'm', { state: 'missing', until: clock.now() + 1_000, reason: 'no such model' });
    expect(health.unavailable('e/a', 'm')).toMatchObject({ state: 'missing', lastResort: true });
  });

  it('a good answer that began before does not lift a cooldown set meanwhile', () => {
    const { health, clock } = setUp();
    const permit = health.enter('e/a', 'm', false);
    health.hold('e/a', 'm', { state: 'cooling', until: clock.now() + 5_000, reason: '429' });
    permit?.succeeded();
    expect(health.unavailable('e/a', 'm')).not.toBeNull();
  });

  it('counts rate limits in a row, and forgets them after a good answer', () => {
    const { health, clock } = setUp();
    for (let round = 0; round < 3; round++) {
      health.hold('e/a', 'm', { state: 'cooling', until: clock.now() + 100, reason: '429' });
      clock.advance(100);
    }
    expect(health.rateLimitStreak('e/a', 'm')).toBe(3);
    health.enter('e/a', 'm', false)?.succeeded();
    expect(health.rateLimitStreak('e/a', 'm')).toBe(0);
  });

  it('shows an open circuit with its reason, and only one permit ends it', () => {
    const { health } = setUp();
    for (let count = 0; count < 4; count++) health.enter('e/a', 'm', false)?.failed('status 503');
    expect(health.read('e/a', unlimited)).toMatchObject({ state: 'open', reason: 'status 503' });
    const probe = health.enter('e/a', 'm', true);
    expect(health.enter('e/a', 'm', true)).toBeNull();
    probe?.released();
    probe?.failed('ignored: the permit has ended');
    expect(health.enter('e/a', 'm', true)).not.toBeNull();
  });

  it('does not grow with the names clients make up', () => {
    const { health } = setUp();
    for (let index = 0; index < 5_000; index++) health.enter('e/a', `model-${index}`, false)?.failed('x');
    expect(health.read('e/a', unlimited).holds.length).toBeLessThanOrEqual(256);
  });

  it('smooths the time to the first token', () => {
    const { health } = setUp();
    expect(health.latency('e/a')).toBeNull();
    health.noteLatency('e/a', 100);
    health.noteLatency('e/a', 200);
    expect(health.latency('e/a')).toBeCloseTo(130);
  });
});
