// Keeps the tokens of logins: signs in, refreshes ahead and on demand, one at a time for each account. It sends no calls of its own.
import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { wrongPairReason } from '../../contract/wrongPairReason.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { type Exchange, readAll, type UpstreamHeaders, type UpstreamRequest } from '../transport.ts';
import { ondemandBases } from './ondemandBases.ts';
import { parseFields, readRefusal } from './readRefusal.ts';
import { expiryOf, readRefresh, readSignIn, refreshRequest, signInRequest, type Tokens } from './signIn.ts';
import { SignInError } from './signInError.ts';
import { type TokenStore, tokenRef } from './tokenStore.ts';

export interface Login {
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly email: string;
  readonly password: string;
  readonly connectMs: number;
}

export interface HeldTokens {
  readonly tokens: Tokens;
  /** They come of a sign-in that was made for this call: more than that can't be done. */
  readonly signedIn: boolean;
}

/** All of them throw SignInError, or the transport's error. */
export interface Logins {
  /** Tokens to call with: those at hand, refreshed where they are about to run out, or of a new sign-in. */
  hold(login: Login): Promise<HeldTokens>;
  /** Others than those, which were answered with 401. `refresh` ends in a sign-in where the refresh is refused. */
  renew(login: Login, refused: Tokens, how: 'refresh' | 'signIn'): Promise<HeldTokens>;
  /** Signs in anew, whatever is at hand. */
  signIn(login: Login): Promise<HeldTokens>;
  /** Takes the account's tokens out of memory and store. */
  forget(accountKey: string): Promise<void>;
  /** The pair may have been mended elsewhere: the next call signs in, whatever was said before. */
  forgive(accountKey: string): void;
}

export interface LoginsDeps {
  send: (request: UpstreamRequest) => Exchange;
  clock: Clock;
  log: Log;
  store: TokenStore;
  /** Only what belongs to the settings is stored: a form that is tried out leaves nothing behind. */
  isKept: (account: CompiledAccount) => boolean;
  /** Told every token and pair, to be masked wherever it stands. */
  learnSecret: (secret: string) => void;
}

/** The work is shared, so no single caller's patience may end it. */
const answerMs = 30_000;
const maxBytes = 256 * 1024;
/** Tokens that run out sooner are renewed before they are used. */
const aheadMs = 60_000;
/** As long as the account is held back. Calls on their way and lists would try it further, until the service locks the account. */
const refusedMs = 24 * 3_600_000;

interface Kept {
  readonly tokens: Tokens;
  /** Unix ms; null where it can't be told. */
  readonly expiresAt: number | null;
}

interface Reply {
  readonly status: number;
  readonly headers: UpstreamHeaders;
  readonly body: Buffer;
}

const isOk = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** Another password, e-mail or place makes another login: its tokens are not these. */
function fingerprintOf({ endpoint, email, password }: Login): string {
  return createHash('sha256')
    .update(JSON.stringify([ondemandBases(endpoint).auth, email, password]))
    .digest('base64url');
}

function signInFault({ status, headers, body }: Reply): SignInError {
  const { message } = readRefusal(body, status);
  const what = `signing in to on-demand.io failed: ${message}`;
  if (status === 429 || status === 408 || status === 425 || status >= 500)
    return new SignInError(status, 'sign_in_failed', what, headers);
  if (status === 404 || status < 400)
    return new SignInError(
      502,
      'sign_in_failed',
      `${what} (status ${status}); check the address of the sign-in`,
    );
  const wrongPair = status === 401 || /password|credential|e-?mail/i.test(message);
  return new SignInError(
    401,
    'sign_in_refused',
    wrongPair ? wrongPairReason : `on-demand.io refuses the sign-in: ${message}`,
  );
}

export function createLogins(deps: LoginsDeps): Logins {
  const { clock, log, store } = deps;
  /** By account and fingerprint. */
  const known = new Map<string, Kept>();
  const underWay = new Map<string, Promise<HeldTokens>>();
  /** Pairs that were refused: they are not sent again unless somebody asks for it. */
  const refusals = new Map<string, { readonly error: SignInError; readonly until: number }>();

  const idOf = (login: Login): string => `${login.account.key} ${fingerprintOf(login)}`;

  function drop(from: Map<string, unknown>, accountKey: string): void {
    for (const id of from.keys()) if (id.startsWith(`${accountKey} `)) from.delete(id);
  }

  function once(login: Login, work: () => Promise<HeldTokens>): Promise<HeldTokens> {
    const id = idOf(login);
    const running = underWay.get(id);
    if (running) return running;
    const flight = work().finally(() => underWay.delete(id));
    underWay.set(id, flight);
    return flight;
  }

  async function ask(request: UpstreamRequest): Promise<Reply> {
    const exchange = deps.send(request);
    const timer = setTimeout(
      () => exchange.abort(new Error(`the sign-in got no answer within ${answerMs / 1_000} s`)),
      answerMs,
    );
    try {
      const response = await exchange.response;
      const { status, headers } = response;
      return { status, headers, body: await readAll(response, maxBytes) };
    } finally {
      clearTimeout(timer);
    }
  }

  function learn({ access, refresh }: Tokens): void {
    deps.learnSecret(access);
    if (refresh !== null) deps.learnSecret(refresh);
  }

  function keep(login: Login, tokens: Tokens): void {
    refusals.delete(idOf(login));
    learn(tokens);
    const expiresAt = expiryOf(tokens.access);
    // New tokens that seem to have run out mean that the clocks differ: then only the service can tell.
    const tellable = expiresAt !== null && expiresAt - clock.now() > aheadMs;
    known.set(idOf(login), { tokens, expiresAt: tellable ? expiresAt : null });
    if (!deps.isKept(login.account)) return;
    const text = JSON.stringify({ fingerprint: fingerprintOf(login), ...tokens });
    store.set(tokenRef(login.account.key), text).catch((error: unknown) => {
      log.warn('the tokens of a login are kept in memory only', {
        account: login.account.key,
        error: (error as Error).message,
      });
    });
  }

  /** What an earlier run left, where it is of this login. */
  async function recall(login: Login): Promise<Kept | null> {
    const text = await store.get(tokenRef(login.account.key)).catch(() => null);
    const { fingerprint, access, refresh, userId, companyId } = parseFields(text ?? '');
    if (fingerprint !== fingerprintOf(login)) return null;
    if (typeof access !== 'string' || typeof userId !== 'string' || typeof companyId !== 'string')
      return null;
    const tokens = { access, refresh: typeof refresh === 'string' ? refresh : null, userId, companyId };
    learn(tokens);
    const kept = { tokens, expiresAt: expiryOf(access) };
    known.set(idOf(login), kept);
    return kept;
  }

  async function signInNow(login: Login): Promise<HeldTokens> {
    // The pair travels as base64 of both together, which masks of the password alone would miss.
    deps.learnSecret(`${login.email}:${login.password}`);
    const reply = await ask(signInRequest(login.endpoint, login.connectMs, login));
    if (!isOk(reply)) {
      const error = signInFault(reply);
      if (error.errorCode === 'sign_in_refused')
        refusals.set(idOf(login), { error, until: clock.monotonic() + refusedMs });
      throw error;
    }
    const tokens = readSignIn(reply.body);
    // Its body may hold a token: it is not quoted.
    if (!tokens) {
      const message = 'signing in to on-demand.io brought no token, user and company';
      throw new SignInError(502, 'sign_in_failed', message);
    }
    keep(login, tokens);
    return { tokens, signedIn: true };
  }

  async function signInUnlessRefused(login: Login): Promise<HeldTokens> {
    const refused = refusals.get(idOf(login));
    if (refused && refused.until > clock.monotonic()) throw refused.error;
    return signInNow(login);
  }

  async function refreshNow(login: Login, before: Tokens): Promise<HeldTokens> {
    if (before.refresh === null) return signInUnlessRefused(login);
    const reply = await ask(refreshRequest(login.endpoint, login.connectMs, before));
    const tokens = isOk(reply) ? readRefresh(reply.body, before) : null;
    if (!tokens) return signInUnlessRefused(login);
    keep(login, tokens);
    return { tokens, signedIn: false };
  }

  /** What is at hand, or null. */
  async function atHand(login: Login): Promise<Kept | null> {
    return known.get(idOf(login)) ?? (await recall(login));
  }

  async function holdNow(login: Login): Promise<HeldTokens> {
    const kept = await atHand(login);
    if (!kept) return signInUnlessRefused(login);
    const { tokens, expiresAt } = kept;
    const left = expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - clock.now();
    if (left > aheadMs) return { tokens, signedIn: false };
    try {
      return await refreshNow(login, tokens);
    } catch (error) {
      if (left <= 0) throw error;
      // The service of the sign-in is away, and the token still holds.
      return { tokens, signedIn: false };
    }
  }

  async function renewNow(login: Login, refused: Tokens, how: 'refresh' | 'signIn'): Promise<HeldTokens> {
    const kept = await atHand(login);
    // Somebody else was answered the same, and was quicker.
    if (kept && kept.tokens.access !== refused.access) return { tokens: kept.tokens, signedIn: false };
    return how === 'refresh' ? refreshNow(login, kept?.tokens ?? refused) : signInUnlessRefused(login);
  }

  /** Work under way may have begun with another aim: once more where it did not bring what is needed. */
  async function until(
    login: Login,
    work: () => Promise<HeldTokens>,
    enough: (held: HeldTokens) => boolean,
  ): Promise<HeldTokens> {
    const first = await once(login, work);
    return enough(first) ? first : once(login, work);
  }

  return {
    hold: (login) => once(login, () => holdNow(login)),
    renew: (login, refused, how) =>
      until(
        login,
        () => renewNow(login, refused, how),
        ({ tokens }) => tokens.access !== refused.access,
      ),
    signIn: (login) =>
      until(
        login,
        () => signInNow(login),
        ({ signedIn }) => signedIn,
      ),
    async forget(accountKey) {
      drop(known, accountKey);
      drop(refusals, accountKey);
      await store.delete(tokenRef(accountKey)).catch((error: unknown) => {
        log.warn('the tokens of a login stay in the vault', {
          account: accountKey,
          error: (error as Error).message,
        });
      });
    },
    forgive: (accountKey) => drop(refusals, accountKey),
  };
}
