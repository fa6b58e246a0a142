// Logins: their tokens, the way out of a 401, their test, and where their secrets never come to stand.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { usualKeys, usualLogins } from '../../fakes/ondemand/ondemandEmulator.ts';
import { createBench, type OndemandBench, user } from './bench.ts';

const [ada] = usualLogins as [(typeof usualLogins)[number]];
const login = { id: 'ada', email: ada.email, secret: ada.password };
let bench: OndemandBench;

const count = (route: 'signin' | 'refresh' | 'query' | 'create' | 'endpoints'): number =>
  bench.emulator.journal.of({ route }).length;

async function signedIn(): Promise<void> {
  expect(await bench.chat([user('Say exactly: ready')])).toBe('ready');
  bench.emulator.journal.clear();
}

beforeAll(async () => {
  bench = await createBench({ endpoint: { accounts: [login] } });
});
afterAll(() => bench?.close());
afterEach(async () => {
  bench.emulator.reset();
  await bench.gateway.control.accounts.clear({ id: 'ondemand', accountId: 'ada' });
});

describe('tokens', () => {
  it('many calls at once sign in once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, at) => bench.chat([user(`Hello ${at}`)])));
    // The tokens of the test before are gone with the emulator's memory: a refused refresh, then one sign-in.
    expect(count('signin')).toBe(1);
  });

  it.each(['create', 'query'] as const)(
    'a token that ran out is refreshed once, seen by %s',
    async (route) => {
      await signedIn();
      bench.emulator.scriptFor({ route }, 'expired');
      expect(await bench.chat([user('Say exactly: again')])).toBe('again');
      expect([count('refresh'), count('signin')]).toEqual([1, 0]);
      expect((await bench.gateway.record()).attempts).toHaveLength(1);
    },
  );

  it('many calls that meet a 401 at once refresh once', async () => {
    await signedIn();
    bench.emulator.expireTokens();
    await Promise.all(Array.from({ length: 20 }, (_, at) => bench.chat([user(`Hello ${at}`)])));
    expect([count('refresh'), count('signin')]).toEqual([1, 0]);
  });

  it('a refresh token that is not renewed stays good', async () => {
    await signedIn();
    bench.emulator.script('no-refresh-token');
    for (let at = 0; at < 3; at++) {
      bench.emulator.expireTokens();
      await bench.chat([user('Hello')]);
    }
    expect([count('refresh'), count('signin')]).toEqual([3, 0]);
  });

  it('a refused refresh ends in one sign-in', async () => {
    await signedIn();
    bench.emulator.expireTokens();
    bench.emulator.script('refresh-refused');
    expect(await bench.stream([user('Say exactly: in again')])).toBe('in again');
    expect([count('refresh'), count('signin')]).toEqual([1, 1]);
  });

  it('where the sign-in is refused too, the user is told why, and the account rests', async () => {
    await signedIn();
    bench.emulator.expireTokens();
    bench.emulator.script('refresh-refused', 'signin-refused');
    const { status, error } = await bench.raw([user('Hello')]);
    expect(status).toBe(502);
    expect(error).toMatchObject({ code: 'upstream_credentials_exhausted' });
    expect(error.message).toContain('the e-mail or the password is wrong');
    expect(count('signin')).toBe(1);
    const again = await bench.raw([user('Hello')]);
    expect(again.status).toBe(503);
    expect(count('signin')).toBe(1);
  });

  it.each(['signin-incomplete', '500', '429'])(
    'a sign-in that fails with %s is not blamed on the password',
    async (fault) => {
      await signedIn();
      bench.emulator.expireTokens();
      bench.emulator.set({ route: 'refresh' }, 'refresh-refused');
      bench.emulator.set({ route: 'signin' }, fault);
      const { status, error } = await bench.raw([user('Hello')]);
      expect(status).toBeGreaterThanOrEqual(502);
      expect(error.message).toContain('signing in to on-demand.io');
      expect(error.message).not.toContain('password');
    },
  );
});

describe('the test of an account', () => {
  const steps = async (
    check: Promise<{ ok: boolean; steps: { name: string; state: string; detail: string }[] }>,
  ) => {
    const { ok, steps: done } = await check;
    return { ok, states: Object.fromEntries(done.map(({ name, state }) => [name, state])), done };
  };

  it('a login signs in, can not list, and chats', async () => {
    const { ok, states, done } = await steps(bench.gateway.control.endpoints.check({ id: 'ondemand' }));
    expect(states).toMatchObject({ credential: 'ok', models: 'skipped', chat: 'ok', stream: 'ok' });
    expect(ok).toBe(true);
    expect(done.find(({ name }) => name === 'models')?.detail).toContain("can't read the model list");
  });

  it('a wrong password is told apart, and leaves nothing behind', async () => {
    const draft = {
      id: 'ondemand',
      kind: 'ondemand' as const,
      baseUrl: bench.emulator.origin,
      accounts: [{ email: ada.email, secret: 'not-the-password' }],
    };
    const { ok, states, done } = await steps(bench.gateway.control.endpoints.checkDraft(draft));
    expect(ok).toBe(false);
    expect(states).toMatchObject({
      credential: 'failed',
      models: 'skipped',
      chat: 'skipped',
      stream: 'skipped',
    });
    expect(done.find(({ name }) => name === 'credential')?.detail).toContain(
      'the e-mail or the password is wrong',
    );
    await signedIn();
  });

  it('a key lists what is active and chats', async () => {
    const { control } = bench.gateway;
    const account = { name: 'key', secret: usualKeys[0] as string };
    const { id: accountId } = await control.accounts.add({ id: 'ondemand', account });
    const { ok, states } = await steps(control.endpoints.check({ id: 'ondemand', accountId }));
    expect(states).toMatchObject({ credential: 'ok', models: 'ok', chat: 'ok', stream: 'ok' });
    expect(ok).toBe(true);
    await control.accounts.remove({ id: 'ondemand', accountId });
  });
});
