import { describe, expect, it } from 'vitest';
import type { OndemandRequest, OndemandTurn } from '../../../../main/protocol/ondemand/ondemandRequest.ts';
import { upstreamConversations } from '../../../../main/protocol/operation.ts';
import type { CompiledAccount, Snapshot } from '../../../../main/registry/snapshot.ts';
import { createOndemandLink } from '../../../../main/upstream/ondemand/createOndemandLink.ts';
import { readAll } from '../../../../main/upstream/transport.ts';
import type { OpenedCall } from '../../../../main/upstream/upstreamLink.ts';
import { createFakeClock } from '../../../fakes/fakeClock.ts';
import { accountOf, endpointOf } from '../calls.ts';
import { type Asked, type ScriptedReply, scriptSend } from './scriptedSend.ts';

const origin = 'http://upstream.test';
const endpoint = endpointOf(origin, { kind: 'ondemand' });
const key = accountOf('key-secret-1');
const login: CompiledAccount = { ...accountOf('password-1'), email: 'ada@example.com' };
const user = (text: string): OndemandTurn => ({ role: 'user', text });
const assistant = (text: string): OndemandTurn => ({ role: 'assistant', text });

const jwt = (exp: number): string =>
  ['{}', JSON.stringify({ exp: Math.round(exp / 1_000) }), 's']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const unauthorized: ScriptedReply = {
  status: 401,
  body: { errorCode: 'unauthenticated', message: 'Unauthorized' },
};

/** A service that does as it should; `special` comes first. */
function benchOf(
  special: (asked: Asked, nth: number) => ScriptedReply | Error | 'never' | null = () => null,
) {
  const clock = createFakeClock();
  const kept = new Map<string, string>();
  const learned: string[] = [];
  let sessions = 0;
  let tokens = 0;
  let access = (count: number): string => `access-${count}`;
  const wire = scriptSend((asked) => {
    const found = special(asked, wire.asked.filter(({ path }) => path === asked.path).length);
    if (found) return found;
    if (asked.path.endsWith('/signin')) {
      tokens += 1;
      return {
        body: {
          data: {
            tokenData: { token: access(tokens), refreshToken: `refresh-${tokens}` },
            user: { userId: 'u', default_company_id: 'c' },
          },
        },
      };
    }
    if (asked.path.endsWith('/refresh_token')) {
      tokens += 1;
      return { body: { data: { token: access(tokens) } } };
    }
    if (asked.path.endsWith('/sessions')) {
      sessions += 1;
      return { status: 201, body: { data: { id: `s${sessions}` } } };
    }
    return { headers: { 'content-type': 'text/event-stream' }, body: 'data:[DONE]\n\n' };
  });
  const link = createOndemandLink({
    send: wire.send,
    clock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    store: {
      get: async (ref) => kept.get(ref) ?? null,
      set: async (ref, text) => void kept.set(ref, text),
      delete: async (ref) => void kept.delete(ref),
    },
    isKept: () => true,
    learnSecret: (secret) => void learned.push(secret),
    retryDelayMs: () => 1,
  });

  function open(
    account: CompiledAccount,
    turns: OndemandTurn[],
    rest: Partial<OndemandRequest> = {},
  ): OpenedCall {
    const request: OndemandRequest = { endpointId: 'predefined-m', system: '', turns, options: {}, ...rest };
    return link.open({
      call: {
        operation: upstreamConversations.ondemand,
        payload: { form: 'encoded', body: { ...request } },
        stream: true,
        passHeaders: {},
      },
      target: { endpoint, account, upstreamModel: 'predefined-m' },
      quirks: new Set(),
      owner: 'k',
      connectMs: 1_000,
    });
  }

  /** Asks and has the answer put back, as after a good one. */
  async function say(account: CompiledAccount, turns: OndemandTurn[], answer = 'fine'): Promise<number> {
    const opened = open(account, turns);
    const { status } = await opened.exchange.response;
    if (status < 300)
      opened.answered({
        id: null,
        model: null,
        parts: [{ type: 'text', text: answer }],
        finish: 'stop',
        stopSequence: null,
        usage: null,
      });
    return status;
  }

  return {
    link,
    wire,
    clock,
    kept,
    learned,
    open,
    say,
    tokensAre: (make: (count: number) => string) => {
      access = make;
    },
  };
}

const queries = (asked: readonly Asked[]): unknown[] =>
  asked.filter(({ path }) => path.endsWith('/query')).map(({ body }) => body.query);

describe('with a key', () => {
  it('makes a session and asks in it', async () => {
    const { wire, say } = benchOf();
    expect(await say(key, [user('hi')])).toBe(200);
    expect(wire.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${origin}/chat/v1/sessions`,
      `POST ${origin}/chat/v1/sessions/s1/query`,
    ]);
    expect(wire.asked.every(({ headers }) => headers.apikey === 'key-secret-1')).toBe(true);
    expect(wire.asked[0]?.body).toMatchObject({
      pluginIds: [],
      externalUserId: expect.stringMatching(/.{20}/),
    });
    expect(wire.asked[1]?.body).toMatchObject({
      query: 'hi',
      endpointId: 'predefined-m',
      responseMode: 'stream',
    });
  });

  it('says only what is new where the session heard the rest', async () => {
    const { wire, say } = benchOf();
    await say(key, [user('one')]);
    await say(key, [user('one'), assistant('fine'), user('two')]);
    expect(wire.paths()).toEqual(['sessions', 'sessions/s1/query', 'sessions/s1/query']);
    expect(queries(wire.asked)).toEqual(['one', 'two']);
  });

  it('two branches at once: one goes on, the other begins anew with everything', async () => {
    const { wire, say } = benchOf();
    await say(key, [user('one')]);
    const start = [user('one'), assistant('fine')];
    await Promise.all([say(key, [...start, user('left')]), say(key, [...start, user('right')])]);
    expect(wire.paths().filter((path) => path === 'sessions')).toHaveLength(2);
    expect(wire.paths().filter((path) => path === 'sessions/s1/query')).toHaveLength(2);
  });

  it('without an answer, or with an empty one, the session is not gone on with', async () => {
    const { wire, say, open } = benchOf();
    await open(key, [user('one')]).exchange.response;
    await say(key, [user('one'), assistant('fine'), user('two')], '');
    await say(key, [user('one'), assistant('fine'), user('two'), assistant('x'), user('three')]);
    expect(wire.paths().filter((path) => path === 'sessions')).toHaveLength(3);
  });

  it('is not gone on with after its time, or after its account changed', async () => {
    const { wire, say, clock, link } = benchOf();
    const next = [user('one'), assistant('fine'), user('two')];
    await say(key, [user('one')]);
    clock.advance(30 * 60_000);
    await say(key, next);
    expect(queries(wire.asked)).toHaveLength(2);
    expect(wire.paths().filter((path) => path === 'sessions')).toHaveLength(2);

    await say(key, [user('one')]);
    const snapshotOf = (account: CompiledAccount) =>
      ({ endpoints: [{ ...endpoint, accounts: [account] }] }) as unknown as Snapshot;
    link.follow(snapshotOf(key), snapshotOf(accountOf('another-key')));
    await say(key, next);
    expect(wire.paths().filter((path) => path === 'sessions')).toHaveLength(4);
  });

  it.each<[string, ScriptedReply]>([
    ['404', { status: 404, body: { errorCode: 'not_found', message: 'Resource not found' } }],
    ['400', { status: 400, body: { errorCode: 'invalid_request', message: 'sessionId s1 is invalid' } }],
  ])('tells everything to a new session where the old one is unknown (%s)', async (_, reply) => {
    const { wire, say } = benchOf(({ path }, nth) => (path.endsWith('s1/query') && nth > 1 ? reply : null));
    await say(key, [user('one')]);
    expect(await say(key, [user('one'), assistant('fine'), user('two')])).toBe(200);
    expect(queries(wire.asked)).toEqual(['one', 'two', 'User: one\n\nAssistant: fine\n\nUser: two']);
  });

  it('gives up after one new session, and other mistakes at once', async () => {
    const unknown = benchOf(({ path }) => (path.endsWith('/query') ? { status: 404, body: {} } : null));
    expect(await unknown.say(key, [user('hi')])).toBe(404);
    expect(unknown.wire.paths()).toHaveLength(4);
    const wrong = benchOf(({ path }) =>
      path.endsWith('/query') ? { status: 400, body: { message: 'endpointId x is not active' } } : null,
    );
    const response = await wrong.open(key, [user('hi')]).exchange.response;
    expect(response.status).toBe(400);
    // The body was read to be judged, and is there for who judges next.
    expect(String(await readAll(response, 1_000))).toContain('not active');
    expect(wrong.wire.paths()).toHaveLength(2);
  });

  it.each<[string, ScriptedReply, number]>([
    ['401', unauthorized, 2],
    ['403', { status: 403, body: { errorCode: 'unauthorized', message: 'Unauthorized' } }, 2],
    ['404', { status: 404, body: { message: 'no Route matched with those values' } }, 2],
    ['401 of a wrong key', { status: 401, body: { message: 'Invalid API Key' } }, 1],
    ['403 of a policy', { status: 403, body: { errorCode: 'content_policy_violation', message: 'no' } }, 1],
    ['500', { status: 500, body: '' }, 1],
  ])('%s is asked %i times, on both calls', async (_, reply, times) => {
    for (const call of ['/sessions', '/query']) {
      const { wire, open } = benchOf(({ path }) => (path.endsWith(call) ? reply : null));
      const { status } = await open(key, [user('hi')]).exchange.response;
      expect(status).toBe(reply.status);
      expect(wire.asked.filter(({ path }) => path.endsWith(call))).toHaveLength(times);
    }
  });

  it('sends nothing without a secret', async () => {
    const { wire, open } = benchOf();
    for (const account of [accountOf(null), accountOf(''), accountOf('  ')]) {
      const response = await open(account, [user('hi')]).exchange.response;
      expect(response.status).toBe(401);
      expect(String(await readAll(response, 1_000))).toContain('no readable API key');
    }
    expect(wire.asked).toEqual([]);
  });

  it('says so where a new session has no id', async () => {
    const { open } = benchOf(({ path }) => (path.endsWith('/sessions') ? { body: '<html></html>' } : null));
    expect((await open(key, [user('hi')]).exchange.response).status).toBe(502);
  });

  it.each(['/sessions', '/query'])('is aborted at %s', async (call) => {
    const { wire, open } = benchOf(({ path }) => (path.endsWith(call) ? 'never' : null));
    const { exchange } = open(key, [user('hi')]);
    const outcome = exchange.response.catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const reason = new Error('the client left');
    exchange.abort(reason);
    expect(await outcome).toBe(reason);
    expect(wire.aborted).toEqual([reason]);
    expect(wire.asked.at(-1)?.path.endsWith(call)).toBe(true);
  });
});

describe('with a login', () => {
  it('signs in with the pair, and calls with what it was given', async () => {
    const { wire, say, learned } = benchOf();
    expect(await say(login, [user('hi')])).toBe(200);
    expect(wire.paths()).toEqual(['signin', 'client/sessions', 'client/sessions/s1/query']);
    const [signIn, create, query] = wire.asked;
    const pair = Buffer.from('ada@example.com:password-1').toString('base64');
    expect(signIn?.headers).toMatchObject({
      authorization: `Basic ${pair}`,
      referer: 'https://app.on-demand.io/',
      'user-agent': expect.stringContaining('Mozilla'),
    });
    expect(signIn?.body).toEqual({ accountType: 'default' });
    expect(create?.headers).toMatchObject({
      authorization: 'Bearer access-1',
      'x-company-id': 'c',
      'x-user-id': 'u',
    });
    expect(query?.headers).toMatchObject({ authorization: 'Bearer access-1', 'x-company-id': 'c' });
    expect(learned).toEqual(expect.arrayContaining(['access-1', 'refresh-1', 'ada@example.com:password-1']));
  });

  it('climbs the ladder: refresh, then sign-in, then the reason', async () => {
    const { wire, open } = benchOf(({ path }) => (path.endsWith('/query') ? unauthorized : null));
    expect((await open(login, [user('hi')]).exchange.response).status).toBe(401);
    const query = 'client/sessions/s1/query';
    expect(wire.paths()).toEqual([
      'signin',
      'client/sessions',
      query,
      'refresh_token',
      query,
      'signin',
      query,
    ]);
    expect(
      wire.asked.filter(({ path }) => path.endsWith('/query')).map(({ headers }) => headers.authorization),
    ).toEqual(['Bearer access-1', 'Bearer access-2', 'Bearer access-3']);
    expect(wire.asked.find(({ path }) => path.endsWith('/refresh_token'))?.body).toEqual({
      data: { token: 'access-1', refreshToken: 'refresh-1' },
    });
  });

  it('a refused refresh signs in once, and no more where that does not help', async () => {
    const { wire, open } = benchOf(({ path }) =>
      path.endsWith('/query') || path.endsWith('/refresh_token') ? unauthorized : null,
    );
    expect((await open(login, [user('hi')]).exchange.response).status).toBe(401);
    expect(wire.paths().filter((path) => path === 'signin')).toHaveLength(2);
    expect(wire.paths().filter((path) => path === 'refresh_token')).toHaveLength(1);
  });

  it('50 calls at once: one sign-in; all refused at once: one refresh', async () => {
    let good = 'access-1';
    const { wire, open } = benchOf(({ path, headers }) =>
      path.includes('/chat/') && headers.authorization !== `Bearer ${good}` ? unauthorized : null,
    );
    const all = () =>
      Promise.all(Array.from({ length: 50 }, (_, at) => open(login, [user(`hi ${at}`)]).exchange.response));
    expect((await all()).every(({ status }) => status === 200)).toBe(true);
    good = 'access-2';
    expect((await all()).every(({ status }) => status === 200)).toBe(true);
    const paths = wire.paths();
    expect(paths.filter((path) => path === 'signin')).toHaveLength(1);
    expect(paths.filter((path) => path === 'refresh_token')).toHaveLength(1);
  });

  it('one that is refused is refused to all who wait, and asked once', async () => {
    const { wire, open } = benchOf(({ path }) => (path.endsWith('/signin') ? unauthorized : null));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => open(login, [user('hi')]).exchange.response),
    );
    for (const response of answers) {
      expect(response.status).toBe(401);
      expect(String(await readAll(response, 1_000))).toContain('the e-mail or the password is wrong');
    }
    expect(wire.paths()).toEqual(['signin']);
  });

  it('a pair that was refused is not sent again by itself: the service would lock the account', async () => {
    let refuse = true;
    const { link, wire, open, clock } = benchOf(({ path }) =>
      refuse && path.endsWith('/signin') ? unauthorized : null,
    );
    const status = async () => (await open(login, [user('hi')]).exchange.response).status;
    const signIns = () => wire.paths().filter((path) => path === 'signin').length;
    expect(await status()).toBe(401);
    expect(await status()).toBe(401);
    expect((await link.listModels(endpoint, login, 1_000).response).status).toBe(401);
    expect(signIns()).toBe(1);

    // Whoever asks for it has it tried.
    expect((await link.signIn(endpoint, login, 1_000)?.response)?.status).toBe(401);
    expect(signIns()).toBe(2);
    link.forgive(login.key);
    expect(await status()).toBe(401);
    expect(signIns()).toBe(3);
    expect((await open({ ...login, email: 'eve@example.com' }, [user('hi')]).exchange.response).status).toBe(
      401,
    );
    expect(signIns()).toBe(4);

    clock.advance(24 * 3_600_000 + 1);
    refuse = false;
    expect(await status()).toBe(200);
    expect(signIns()).toBe(5);
  });

  it('a test that signs in ends what an earlier refusal began', async () => {
    let refuse = true;
    const { link, wire, open } = benchOf(({ path, headers }) =>
      (refuse && path.endsWith('/signin')) || headers.authorization === 'Bearer access-1'
        ? unauthorized
        : null,
    );
    expect((await open(login, [user('hi')]).exchange.response).status).toBe(401);
    refuse = false;
    await link.signIn(endpoint, login, 1_000)?.response;
    expect((await open(login, [user('hi')]).exchange.response).status).toBe(200);
    expect(wire.paths().filter((path) => path === 'refresh_token')).toHaveLength(1);
  });

  it('who leaves while all wait for the sign-in does not take it from the others', async () => {
    const { wire, open } = benchOf();
    const [left, stayed] = [open(login, [user('a')]), open(login, [user('b')])];
    const outcome = left.exchange.response.catch((error: Error) => error);
    left.exchange.abort(new Error('gone'));
    expect(await outcome).toMatchObject({ message: 'gone' });
    expect((await stayed.exchange.response).status).toBe(200);
    expect(wire.aborted).toEqual([]);
  });

  it('refreshes ahead where the token says when it ends', async () => {
    const { wire, say, clock, tokensAre } = benchOf();
    tokensAre((count) => `${jwt(clock.now() + 3_600_000)}${count}`);
    await say(login, [user('a')]);
    clock.advance(3_500_000);
    await say(login, [user('b')]);
    expect(wire.paths()).not.toContain('refresh_token');
    clock.advance(60_000);
    await say(login, [user('c')]);
    expect(wire.paths().filter((path) => path === 'refresh_token')).toHaveLength(1);
  });

  it('does not refresh on every call where the clocks differ', async () => {
    const { wire, say, clock, tokensAre } = benchOf();
    tokensAre((count) => `${jwt(clock.now() - 7_200_000)}${count}`);
    for (let at = 0; at < 5; at++) await say(login, [user(`hi ${at}`)]);
    expect(wire.paths()).not.toContain('refresh_token');
  });

  it('takes up kept tokens, but not those of another password', async () => {
    const first = benchOf();
    await first.say(login, [user('a')]);
    const [[ref, text]] = [...first.kept] as [[string, string]];
    expect(ref).toBe('ondemand-session/e/a');

    const second = benchOf();
    second.kept.set(ref, text);
    await second.say(login, [user('a')]);
    expect(second.wire.paths()).not.toContain('signin');
    expect(second.learned).toContain('access-1');

    const other: CompiledAccount = { ...accountOf('password-2'), email: login.email };
    const third = benchOf();
    third.kept.set(ref, text);
    await third.say(other, [user('a')]);
    expect(third.wire.paths()).toContain('signin');
  });

  it('forgets tokens with the account, and keeps them while its secret can not be read', async () => {
    const { say, kept, link } = benchOf();
    const snapshotOf = (...accounts: CompiledAccount[]) =>
      ({ endpoints: [{ ...endpoint, accounts }] }) as unknown as Snapshot;
    const locked: CompiledAccount = {
      ...login,
      credential: { state: 'locked', source: 'vault', reason: 'locked' },
    };
    await say(login, [user('a')]);
    link.follow(snapshotOf(login), snapshotOf(locked));
    await Promise.resolve();
    expect(kept.size).toBe(1);
    link.follow(snapshotOf(locked), snapshotOf());
    await Promise.resolve();
    expect(kept.size).toBe(0);
  });

  it.each<[string, ScriptedReply, number, RegExp]>([
    ['a wrong password', unauthorized, 401, /password is wrong/],
    [
      'a 400 that blames the pair',
      { status: 400, body: { message: 'Bad credentials' } },
      401,
      /password is wrong/,
    ],
    ['a 403', { status: 403, body: { message: 'Account suspended' } }, 401, /Account suspended/],
    [
      'a limit',
      { status: 429, body: { message: 'Slow down' }, headers: { 'retry-after': '7' } },
      429,
      /Slow down/,
    ],
    ['a fault', { status: 503, body: '' }, 503, /signing in/],
    [
      'a wrong address',
      { status: 404, body: { message: 'no Route matched' } },
      502,
      /address of the sign-in/,
    ],
    [
      'half an answer',
      { body: { data: { tokenData: { token: 'tok-secret' } } } },
      502,
      /no token, user and company/,
    ],
    ['a page', { body: '<html></html>' }, 502, /no token/],
  ])('%s at the sign-in', async (_, reply, status, words) => {
    const { open, wire } = benchOf(({ path }) => (path.endsWith('/signin') ? reply : null));
    const response = await open(login, [user('hi')]).exchange.response;
    const text = String(await readAll(response, 10_000));
    expect(response.status).toBe(status);
    expect(text).toMatch(words);
    expect(text).not.toContain('tok-secret');
    expect(response.headers['retry-after']).toBe(reply.headers?.['retry-after']);
    expect(wire.paths()).toEqual(['signin']);
  });

  it('hands on what the wire says', async () => {
    const reset = new Error('reset');
    const { open } = benchOf(({ path }) => (path.endsWith('/signin') ? reset : null));
    await expect(open(login, [user('hi')]).exchange.response).rejects.toBe(reset);
  });
});

describe('the model list', () => {
  it('is asked with the key', async () => {
    const { link, wire } = benchOf();
    expect((await link.listModels(endpoint, key, 1_000).response).status).toBe(200);
    expect(wire.asked[0]).toMatchObject({
      url: `${origin}/config/v1/public/endpoints`,
      headers: { apikey: 'key-secret-1' },
    });
  });

  it('a login that is not let to it does not sign in again and again', async () => {
    const { link, wire } = benchOf(({ path }) => (path.endsWith('/endpoints') ? unauthorized : null));
    for (let at = 0; at < 3; at++)
      expect((await link.listModels(endpoint, login, 1_000).response).status).toBe(401);
    expect(wire.paths()).toEqual([
      'signin',
      'endpoints',
      'refresh_token',
      'endpoints',
      'endpoints',
      'endpoints',
    ]);
  });
});

describe('signing in alone', () => {
  it('is for logins, and always asks', async () => {
    const { link, wire, say } = benchOf();
    expect(link.signIn(endpoint, key, 1_000)).toBeNull();
    await say(login, [user('hi')]);
    expect((await link.signIn(endpoint, login, 1_000)?.response)?.status).toBe(200);
    expect(wire.paths().filter((path) => path === 'signin')).toHaveLength(2);
  });
});
