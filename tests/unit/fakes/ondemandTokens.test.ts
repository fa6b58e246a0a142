// Logins of the emulator: signing in, tokens that run out and rotate, the twins of the routes.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import {
  answerIn,
  ask,
  byKey,
  byToken,
  dataOf,
  eventsOf,
  newSession,
  query,
  type RawAnswer,
} from '../../fakes/ondemand/rawClient.ts';

let emulator: OndemandEmulator;
const email = 'zoë@example.com';
const password = 'pässword: with a colon';

beforeAll(async () => {
  emulator = await createOndemandEmulator({
    logins: [
      { email, password },
      { email: 'b@example.com', password: 'b' },
    ],
  });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

interface Tokens {
  token: string;
  refreshToken: string;
}

function signIn(pair = `${email}:${password}`, json: object = { accountType: 'default' }, at = emulator) {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return ask(at, '/v1/auth/user/signin', { headers: { authorization }, json });
}

const tokensIn = (answer: RawAnswer) => dataOf<{ tokenData: Tokens }>(answer).tokenData;

async function signedIn(): Promise<Tokens> {
  return tokensIn(await signIn());
}

const refresh = (data: object) => ask(emulator, '/v1/auth/user/refresh_token', { json: { data } });

/** Null where it was refused. */
async function refreshed(tokens: Tokens): Promise<Partial<Tokens> | null> {
  const { json } = await refresh(tokens);
  return (json?.data as Partial<Tokens> | undefined) ?? null;
}

const statusWith = async (token: string) =>
  (
    await ask(emulator, '/chat/v1/client/sessions', {
      headers: byToken(token, email).headers,
      json: { externalUserId: 'x' },
    })
  ).status;

test('signing in gives tokens, user and company', async () => {
  const answer = await signIn();
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    data: {
      tokenData: { token: expect.any(String), refreshToken: expect.any(String) },
      user: {
        userId: expect.stringMatching(/^[0-9a-f]{24}$/),
        default_company_id: expect.stringMatching(/^[0-9a-f]{24}$/),
      },
    },
  });
  for (const wrong of [`${email}:wrong`, 'nobody@example.com:x', 'no colon']) {
    const refused = await signIn(wrong);
    expect([refused.status, refused.json?.errorCode]).toEqual([401, 'unauthenticated']);
  }
  expect((await signIn(undefined, {})).status).toBe(400);
  expect((await ask(emulator, '/v1/auth/user/signin', { json: {} })).status).toBe(401);
});

test('the twins take a token and a company, and nothing else', async () => {
  const { token } = await signedIn();
  const own = byToken(token, email);
  const id = await newSession(emulator, own);
  expect((await query(emulator, own, id, {})).status).toBe(200);
  const create = (headers: Record<string, string>) =>
    ask(emulator, '/chat/v1/client/sessions', { headers, json: { externalUserId: 'x' } });
  expect((await create({ authorization: `Bearer ${token}` })).status).toBe(401);
  expect((await create({ ...own.headers, 'x-company-id': '64b0c0ffee00000000000aaa' })).status).toBe(403);
  expect((await create({ ...own.headers, authorization: 'Bearer made-up' })).status).toBe(401);
  expect((await create({ apikey: emulator.keys[0] ?? '' })).status).toBe(401);
  expect((await ask(emulator, '/chat/v1/sessions', { headers: own.headers, json: {} })).status).toBe(401);
  // A session of a login is none of a key's, nor of another login's.
  expect((await query(emulator, byKey(emulator.keys[0] ?? ''), id, {})).status).toBe(404);
  const other = await signIn('b@example.com:b');
  const { token: second } = tokensIn(other);
  expect((await query(emulator, byToken(second, 'b@example.com'), id, {})).status).toBe(404);
  expect(emulator.sessions.map(({ account }) => account)).toEqual([email]);
});

test('a refresh rotates both tokens; the old ones are dead', async () => {
  const first = await signedIn();
  const second = await refreshed(first);
  expect(second?.token).not.toBe(first.token);
  expect(second?.refreshToken).not.toBe(first.refreshToken);
  expect(await statusWith(first.token)).toBe(401);
  expect(await statusWith(second?.token ?? '')).toBe(201);
  expect(await refreshed(first)).toBe(null);
});

test('every second refresh leaves the refresh token out, and the old one stays good', async () => {
  const first = await signedIn();
  const second = { ...first, ...(await refreshed(first)) };
  const answer = await refreshed(second);
  expect(Object.keys(answer ?? {})).toEqual(['token']);
  const third = { ...second, ...answer };
  expect(await statusWith(second.token)).toBe(401);
  expect(await statusWith(third.token)).toBe(201);
  expect(await refreshed(third)).toHaveProperty('refreshToken');
});

test('tokens run out on demand and by time; a refresh still goes', async () => {
  const first = await signedIn();
  emulator.expireTokens('b@example.com');
  expect(await statusWith(first.token)).toBe(201);
  emulator.expireTokens(email);
  expect(await statusWith(first.token)).toBe(401);
  const second = await refreshed(first);
  expect(await statusWith(second?.token ?? '')).toBe(201);
  const payload = JSON.parse(Buffer.from(first.token.split('.')[1] ?? '', 'base64url').toString());
  expect(payload.exp * 1000 - Date.now()).toBeGreaterThan(3_500_000);

  const brief = await createOndemandEmulator({
    tokenLifetimeMs: 0,
    tokenFormat: 'opaque',
    logins: [{ email, password }],
  });
  const { token } = tokensIn(await signIn(undefined, undefined, brief));
  expect(token).not.toContain('.');
  const answer = await ask(brief, '/chat/v1/client/sessions', {
    headers: byToken(token, email).headers,
    json: { externalUserId: 'x' },
  });
  expect(answer.status).toBe(401);
  await brief.close();
});

test('a refresh needs both tokens of one login', async () => {
  const own = await signedIn();
  const other = await signIn('b@example.com:b');
  const { token } = tokensIn(other);
  expect((await refresh({ token, refreshToken: own.refreshToken })).status).toBe(401);
  expect((await refresh({ refreshToken: own.refreshToken })).status).toBe(401);
  expect((await refresh({ token: own.token })).status).toBe(401);
  expect((await refresh({ ...own })).status).toBe(200);
});

test.each(['data', 'answer', 'sse'] as const)(
  'a whole answer on the twins may be in the form: %s',
  async (clientSync) => {
    const own = await createOndemandEmulator({ clientSync, logins: [{ email, password }] });
    const caller = byToken(tokensIn(await signIn(undefined, undefined, own)).token, email);
    const answer = await query(own, caller, await newSession(own, caller), {});
    const said = 'You said “Hello”.';
    if (clientSync === 'sse') expect(answerIn(eventsOf(answer))).toBe(said);
    else
      expect(answer.json).toMatchObject(
        clientSync === 'data' ? { data: { answer: said } } : { answer: said },
      );
    await own.close();
  },
);

test('faults of signing in and refreshing wait for their routes', async () => {
  emulator.script('signin-refused', 'signin-incomplete');
  emulator.scriptFor({ account: email }, 'no-refresh-token', 'refresh-refused');
  expect((await signIn()).status).toBe(401);
  expect(JSON.stringify((await signIn()).json)).not.toContain('company');
  const first = await signedIn();
  expect(await statusWith(first.token)).toBe(201);
  const second = await refreshed(first);
  expect(Object.keys(second ?? {})).toEqual(['token']);
  expect(await refreshed({ ...first, ...second })).toBe(null);
  // Refused, but not used up.
  expect(await refreshed({ ...first, ...second })).not.toBe(null);
  emulator.scriptFor({ route: 'signin' }, '429:9');
  expect((await signIn()).headers['retry-after']).toBe('9');
});

test('a token that expires in the middle is refused until it is refreshed', async () => {
  const first = await signedIn();
  emulator.script('expired');
  const key = byKey(emulator.keys[0] ?? '');
  expect(await newSession(emulator, key)).toMatch(/^[0-9a-f]{24}$/);
  expect(await statusWith(first.token)).toBe(401);
  expect(await statusWith(first.token)).toBe(401);
  const second = await refreshed(first);
  expect(await statusWith(second?.token ?? '')).toBe(201);
});

test('the journal names the login and keeps no secret', async () => {
  const first = await signedIn();
  const second = { ...first, ...(await refreshed(first)) };
  const caller = byToken(second.token, email);
  const id = await newSession(emulator, caller);
  const answer = await query(emulator, caller, id, { responseMode: 'stream' });
  expect(eventsOf(answer).at(-1)?.data).toBe('[DONE]');
  expect(emulator.journal.of({ account: email }).map(({ route }) => route)).toEqual([
    'signin',
    'refresh',
    'create',
    'query',
  ]);
  expect(emulator.secrets).toEqual(
    expect.arrayContaining([password, ...emulator.keys, first.token, first.refreshToken, second.token]),
  );
  const kept = JSON.stringify(
    emulator.journal.entries.map((entry) => ({ ...entry, body: entry.body.toString('utf8') })),
  );
  const basic = Buffer.from(`${email}:${password}`).toString('base64');
  expect([...emulator.secrets, basic].filter((secret) => secret.length > 3 && kept.includes(secret))).toEqual(
    [],
  );
  expect(emulator.journal.of({ route: 'signin' })[0]?.headers.authorization).toBe('Basic ••');
});
