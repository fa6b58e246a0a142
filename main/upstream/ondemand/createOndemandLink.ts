// Opens calls to on-demand.io: credential, session, query. A session is told the whole conversation once, and then only what is new.
import { randomUUID } from 'node:crypto';
import { sessionMinutesOf, systemPromptOf } from '../../contract/readOptions.ts';
import type { TurnResult } from '../../protocol/hub/turnResult.ts';
import { conversationTurns } from '../../protocol/ondemand/conversationTurns.ts';
import { type OndemandRequest, wireBody } from '../../protocol/ondemand/ondemandRequest.ts';
import type { CompiledAccount, CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';
import type { UpstreamCall } from '../driver.ts';
import { type Exchange, readAll, type UpstreamResponse } from '../transport.ts';
import type { LinkRequest, OpenedCall, SessionLink } from '../upstreamLink.ts';
import { accessOf, goneAccounts, secretOf } from './accountAccess.ts';
import { createLogins, type LoginsDeps } from './createLogins.ts';
import { madeRefusal, madeResponse } from './madeResponse.ts';
import { modelListCall } from './modelListCall.ts';
import { ondemandBases } from './ondemandBases.ts';
import {
  createOndemandCaller,
  type JudgedAnswer,
  loginOf,
  type OndemandCaller,
  wholeLadder,
} from './ondemandCaller.ts';
import { createOndemandSessions, type SessionPlace, splitTurns } from './ondemandSessions.ts';
import { openSteps, type Steps } from './openSteps.ts';
import { isSessionUnknown, parseFields } from './readRefusal.ts';
import { SignInError } from './signInError.ts';

export interface OndemandLink extends SessionLink {
  /** To be told of every new configuration: what belonged to an account that is gone or changed is forgotten. */
  follow(before: Snapshot, next: Snapshot): void;
  /** The account is to be tried again: a sign-in that was refused is no reason against the next. */
  forgive(accountKey: string): void;
}

export interface OndemandLinkDeps extends LoginsDeps {
  /** Milliseconds before a call that merely stumbled is made once more. */
  retryDelayMs: () => number;
}

const maxSessionBytes = 1024 * 1024;
const maxAnswerBytes = 64 * 1024 * 1024;

function conversationIn({ payload }: UpstreamCall): OndemandRequest {
  // A mistake of the program: this kind is only ever asked in its own dialect.
  if (payload.form !== 'encoded') throw new TypeError('on-demand.io takes no body of a client');
  return payload.body as unknown as OndemandRequest;
}

/** An answer that does not call itself a stream may be one all the same: below `/client` some were read so. */
async function asWhatItIs(response: UpstreamResponse): Promise<UpstreamResponse> {
  const { status, headers } = response;
  if (/event-stream/i.test(String(headers['content-type']))) return response;
  const body = await readAll(response, maxAnswerBytes);
  const isStream = /^\s*(?:event|data|:)/.test(body.toString('utf8', 0, 256));
  return madeResponse(status, isStream ? { ...headers, 'content-type': 'text/event-stream' } : headers, body);
}

/** The id in `{data: {id}}`; null where there is none. */
function sessionIdIn(body: Buffer): string | null {
  const { data } = parseFields(body);
  const { id } = (data ?? {}) as { id?: unknown };
  return typeof id === 'string' && id !== '' ? id : null;
}

export function createOndemandLink(deps: OndemandLinkDeps): OndemandLink {
  const logins = createLogins(deps);
  const sessions = createOndemandSessions(deps.clock);
  /** Logins that were found not to be let to the model list: no reason to sign in again and again for it. */
  const unlisted = new Set<string>();

  /** Runs the steps with a caller in the account's name; an account without a secret makes none. */
  function openAs(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    connectMs: number,
    run: (caller: OndemandCaller, steps: Steps) => Promise<UpstreamResponse>,
  ): Exchange {
    return openSteps(deps.send, async (steps) => {
      const secret = secretOf(account);
      if (secret === null) {
        const what = account.email === null ? 'API key' : 'password';
        return madeRefusal(401, 'no_credential', `the account has no readable ${what}: nothing was sent`);
      }
      const caller = createOndemandCaller(
        { steps, endpoint, account, secret, connectMs },
        { logins, retryDelayMs: deps.retryDelayMs },
      );
      try {
        return await run(caller, steps);
      } catch (error) {
        if (!(error instanceof SignInError)) throw error;
        return madeRefusal(error.status, error.errorCode, error.message, error.headers);
      }
    });
  }

  async function createSession(
    caller: OndemandCaller,
    url: string,
  ): Promise<{ id: string } | { refused: UpstreamResponse }> {
    const { response, refusal } = await caller.call({
      method: 'POST',
      url,
      accept: 'application/json',
      // Drawn anew each time: it says nothing of who asks.
      body: { externalUserId: randomUUID(), pluginIds: [] },
      withUser: true,
    });
    if (refusal) return { refused: response };
    const id = sessionIdIn(await readAll(response, maxSessionBytes));
    if (id !== null) return { id };
    return { refused: madeRefusal(502, 'no_session', 'on-demand.io made a session without an id') };
  }

  function open({ call, target, owner, connectMs }: LinkRequest): OpenedCall {
    const { endpoint, account } = target;
    const request = conversationIn(call);
    const { history, fresh } = splitTurns(request.turns);
    const place: SessionPlace = {
      accountKey: account.key,
      access: accessOf(endpoint, account),
      owner,
      endpointId: request.endpointId,
      system: request.system,
      systemPlace: systemPromptOf(endpoint.options),
    };
    const sessionsUrl = `${ondemandBases(endpoint).chat}${account.email === null ? '' : '/client'}/sessions`;
    /** The session that has the answer, once there is one. */
    let answering: string | null = null;

    function query(caller: OndemandCaller, id: string, isNew: boolean): Promise<JudgedAnswer> {
      const part = { fresh: isNew, turns: isNew ? request.turns : fresh };
      return caller.call({
        method: 'POST',
        url: `${sessionsUrl}/${encodeURIComponent(id)}/query`,
        accept: 'text/event-stream',
        body: wireBody(request, part, place.systemPlace),
        withUser: false,
      });
    }

    async function ask(caller: OndemandCaller): Promise<UpstreamResponse> {
      const known = history.length === 0 ? null : sessions.take(place, history);
      let forgotten = false;
      let id = known;
      for (;;) {
        if (id === null) {
          const made = await createSession(caller, sessionsUrl);
          if ('refused' in made) return made.refused;
          id = made.id;
        }
        const { response, refusal } = await query(caller, id, id !== known);
        if (!refusal) {
          answering = id;
          return asWhatItIs(response);
        }
        // Once more, with everything, into a session it must know.
        if (forgotten || !isSessionUnknown(refusal)) return response;
        forgotten = true;
        id = null;
      }
    }

    return {
      exchange: openAs(endpoint, account, connectMs, ask),
      repairs: [],
      answered({ parts }: TurnResult) {
        const text = conversationTurns(parts);
        if (answering === null || text === '') return;
        const told = [...request.turns, { role: 'assistant' as const, text }];
        sessions.put(place, told, answering, sessionMinutesOf(endpoint.options) * 60_000);
      },
    };
  }

  async function listAs(
    caller: OndemandCaller,
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
  ): Promise<UpstreamResponse> {
    const refusedBefore = unlisted.has(account.key);
    const { response, refusal } = await caller.call(
      modelListCall(endpoint),
      refusedBefore ? [] : wholeLadder.slice(0, 1),
    );
    if (account.email !== null && refusal?.status === 401) unlisted.add(account.key);
    if (!refusal) unlisted.delete(account.key);
    return response;
  }

  return {
    open,
    listModels: (endpoint, account, connectMs) =>
      openAs(endpoint, account, connectMs, (caller) => listAs(caller, endpoint, account)),
    signIn(endpoint, account, connectMs) {
      if (account.email === null) return null;
      return openAs(endpoint, account, connectMs, async (_caller, steps) => {
        const login = loginOf({ endpoint, account, secret: secretOf(account) ?? '', connectMs });
        if (login) await steps.share(logins.signIn(login));
        return madeResponse(200, { 'content-type': 'application/json' }, Buffer.from('{}'));
      });
    },
    follow(before, next) {
      for (const accountKey of goneAccounts(before, next)) {
        sessions.drop(accountKey);
        unlisted.delete(accountKey);
        void logins.forget(accountKey);
      }
    },
    forgive: logins.forgive,
  };
}
