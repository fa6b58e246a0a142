import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OndemandTurn } from '../../../../main/protocol/ondemand/ondemandRequest.ts';
import {
  createOndemandSessions,
  type SessionPlace,
  splitTurns,
} from '../../../../main/upstream/ondemand/ondemandSessions.ts';
import { createFakeClock } from '../../../fakes/fakeClock.ts';

const minute = 60_000;
const place: SessionPlace = {
  accountKey: 'e/a',
  access: 'x',
  owner: 'k',
  endpointId: 'predefined-m',
  system: '',
  systemPlace: 'query',
};
const user = (text: string): OndemandTurn => ({ role: 'user', text });
const assistant = (text: string): OndemandTurn => ({ role: 'assistant', text });
const history = [user('a'), assistant('b')];

function sessionsWith(ms = 30 * minute) {
  const clock = createFakeClock();
  const sessions = createOndemandSessions(clock);
  sessions.put(place, history, 's1', ms);
  return { clock, sessions };
}

describe('a session', () => {
  it('is had once, by who comes with its very history', () => {
    const { sessions } = sessionsWith();
    expect(sessions.take(place, [user('a'), assistant('B')])).toBeNull();
    expect(sessions.take(place, [user('a')])).toBeNull();
    expect(sessions.take(place, [user('a'), user('b')])).toBeNull();
    expect(sessions.take(place, history)).toBe('s1');
    expect(sessions.take(place, history)).toBeNull();
  });

  it.each(['accountKey', 'access', 'owner', 'endpointId', 'system', 'systemPlace'] as const)(
    'is of one %s',
    (name) => {
      const { sessions } = sessionsWith();
      expect(sessions.take({ ...place, [name]: 'other' }, history)).toBeNull();
      expect(sessions.take(place, history)).toBe('s1');
    },
  );

  it('is not used after its time', () => {
    const { sessions, clock } = sessionsWith();
    clock.advance(30 * minute - 1);
    sessions.put(place, [...history, user('c')], 's2', 30 * minute);
    clock.advance(1);
    expect(sessions.take(place, history)).toBeNull();
    expect(sessions.take(place, [...history, user('c')])).toBe('s2');
  });

  it('is never used again where its time is nothing', () => {
    const { sessions } = sessionsWith(0);
    expect(sessions.take(place, history)).toBeNull();
  });

  it('goes with its account, and with the crowd', () => {
    const { sessions } = sessionsWith();
    sessions.put({ ...place, accountKey: 'e/b' }, history, 's2', minute);
    sessions.drop('e/a');
    expect(sessions.take(place, history)).toBeNull();
    expect(sessions.take({ ...place, accountKey: 'e/b' }, history)).toBe('s2');
    for (let at = 0; at < 3_000; at++) sessions.put(place, [user(String(at))], `s${at}`, minute);
    expect(sessions.size).toBeLessThanOrEqual(2_000);
    expect(sessions.take(place, [user('0')])).toBeNull();
    expect(sessions.take(place, [user('2999')])).toBe('s2999');
  });
});

describe('splitTurns', () => {
  const turns = fc.array(
    fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), text: fc.string() }),
  );
  it('loses nothing, and what is new holds no answer', () => {
    fc.assert(
      fc.property(turns, (given) => {
        const { history: told, fresh } = splitTurns(given);
        expect([...told, ...fresh]).toEqual(given);
        expect(fresh.every(({ role }) => role === 'user')).toBe(true);
        expect(told.length === 0 || told.at(-1)?.role === 'assistant').toBe(true);
      }),
    );
  });
});
