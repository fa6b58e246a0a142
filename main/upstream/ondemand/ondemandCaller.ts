// Makes calls in an account's name: the credential, the ladder out of a 401, and one more try where the service only stumbles.
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { readAll, type UpstreamRequest, type UpstreamResponse } from '../transport.ts';
import { upstreamHeaders } from '../upstreamHeaders.ts';
import type { HeldTokens, Login, Logins } from './createLogins.ts';
import { madeResponse } from './madeResponse.ts';
import type { Steps } from './openSteps.ts';
import { isPlainUnauthorized, isRouteMiss, type OndemandRefusal, readRefusal } from './readRefusal.ts';
import type { Tokens } from './signIn.ts';

/** An answer that was judged: a refusal's body was read, and can be read again. */
export interface JudgedAnswer {
  readonly response: UpstreamResponse;
  /** Null for a status of 2xx. */
  readonly refusal: OndemandRefusal | null;
}

export interface OndemandCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly accept: string;
  /** Sent as JSON; null for none. */
  readonly body: unknown;
  /** Making a session, a login names its user too. */
  readonly withUser: boolean;
}

/** What may be done about a 401 of a login, in order. */
export type Ladder = readonly ('refresh' | 'signIn')[];
export const wholeLadder: Ladder = ['refresh', 'signIn'];

/** Throws SignInError or the transport's error. */
export interface OndemandCaller {
  call(call: OndemandCall, ladder?: Ladder): Promise<JudgedAnswer>;
}

export interface CallerInput {
  readonly steps: Steps;
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly secret: string;
  readonly connectMs: number;
}

const maxRefusalBytes = 256 * 1024;

/** The login an account stands for; null where it is an API key. */
export function loginOf({ endpoint, account, secret, connectMs }: Omit<CallerInput, 'steps'>): Login | null {
  const { email } = account;
  return email === null ? null : { endpoint, account, email, password: secret, connectMs };
}

function tokenHeaders({ access, companyId, userId }: Tokens, withUser: boolean): Record<string, string> {
  return {
    authorization: `Bearer ${access}`,
    'x-company-id': companyId,
    ...(withUser ? { 'x-user-id': userId } : {}),
  };
}

/** A login has climbed its ladder; a key that is named as wrong will not mend. */
function isPassing(refusal: OndemandRefusal, isLogin: boolean): boolean {
  return isRouteMiss(refusal) || (isPlainUnauthorized(refusal) && !(isLogin && refusal.status === 401));
}

export function createOndemandCaller(
  input: CallerInput,
  deps: { logins: Logins; retryDelayMs: () => number },
): OndemandCaller {
  const { steps, endpoint, secret, connectMs } = input;
  const { logins } = deps;
  const login = loginOf(input);

  async function ask(call: OndemandCall, credential: Record<string, string>): Promise<JudgedAnswer> {
    const request: UpstreamRequest = {
      method: call.method,
      url: call.url,
      headers: upstreamHeaders(endpoint, {
        accept: call.accept,
        ...(call.body === null ? {} : { 'content-type': 'application/json' }),
        ...credential,
      }),
      body: call.body === null ? null : Buffer.from(JSON.stringify(call.body)),
      proxy: endpoint.proxy,
      connectMs,
    };
    const response = await steps.ask(request);
    const { status, headers } = response;
    if (status >= 200 && status < 300) return { response, refusal: null };
    const body = await readAll(response, maxRefusalBytes);
    return { response: madeResponse(status, headers, body), refusal: readRefusal(body, status) };
  }

  async function askAsLogin(who: Login, call: OndemandCall, ladder: Ladder): Promise<JudgedAnswer> {
    let held: HeldTokens = await steps.share(logins.hold(who));
    let answer = await ask(call, tokenHeaders(held.tokens, call.withUser));
    let climbed = false;
    for (const how of ladder) {
      if (answer.refusal?.status !== 401 || (climbed && held.signedIn)) break;
      held = await steps.share(logins.renew(who, held.tokens, how));
      climbed = true;
      answer = await ask(call, tokenHeaders(held.tokens, call.withUser));
    }
    return answer;
  }

  const askOnce = (call: OndemandCall, ladder: Ladder): Promise<JudgedAnswer> =>
    login ? askAsLogin(login, call, ladder) : ask(call, { apikey: secret });

  return {
    async call(call, ladder = wholeLadder) {
      const answer = await askOnce(call, ladder);
      if (!answer.refusal || !isPassing(answer.refusal, login !== null)) return answer;
      await steps.wait(deps.retryDelayMs());
      return askOnce(call, ladder);
    },
  };
}
