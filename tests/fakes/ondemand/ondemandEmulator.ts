// on-demand.io on one local port: sign-in, sessions, queries, models and media, by what is known of its protocol,
// with everything it was seen doing wrong. It keeps what each session was told.
import { serveConnection } from '../upstream/connection.ts';
import { createJournal, type Journal } from '../upstream/journal.ts';
import { createSocketServer } from '../upstream/socketServer.ts';
import { createAccounts, type Login } from './accounts.ts';
import type { ClientSync, QueryContext } from './answerQuery.ts';
import { type EmulatedEndpoint, emulatedEndpoints, type ListEnvelope } from './endpoints.ts';
import { createOndemandFaultPlan, type OndemandFaultPlan, type OndemandFilter } from './faults.ts';
import { createMediaStore } from './media.ts';
import { entryMeets, newOndemandEntry, type OndemandEntry } from './ondemandEntry.ts';
import { pacedSteps } from './pace.ts';
import { endpointIdOf } from './readQuery.ts';
import { routeOf } from './routes.ts';
import { type Service, serve } from './service.ts';
import { createSessionStore, type OndemandSession, timesTold } from './sessions.ts';
import { type StreamStyle, usualStyle } from './streamStyle.ts';
import type { TokenFormat } from './tokens.ts';

export interface OndemandEmulatorOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  /** API keys; their accounts are called `key-1`, `key-2` … */
  keys?: readonly string[];
  /** Logins; their accounts are called by their e-mail addresses. */
  logins?: readonly Login[];
  /** Endpoint ids that are active, instead of those of 2026-09. */
  active?: readonly string[];
  /** What the model says; null leaves it to the emulator, which quotes the last line and recalls words. */
  reply?: QueryContext['reply'];
  style?: Partial<StreamStyle>;
  /** Milliseconds between the events of a stream. */
  eventGapMs?: number;
  tokenFormat?: TokenFormat;
  /** How long an access token holds; an hour. */
  tokenLifetimeMs?: number;
  listEnvelope?: ListEnvelope;
  clientSync?: ClientSync;
  /** Called once a request is answered, broken off, or left by its client. */
  onServed?: (entry: OndemandEntry) => void;
}

export interface OndemandEmulator extends Pick<OndemandFaultPlan, 'script' | 'scriptFor' | 'set'> {
  /** `http://127.0.0.1:PORT`: the base of chat, sign-in, models and media alike. */
  readonly origin: string;
  readonly port: number;
  readonly keys: readonly string[];
  readonly logins: readonly Login[];
  /** Names that faults and the journal use: `key-1` …, then e-mail addresses. */
  readonly accounts: readonly string[];
  readonly endpoints: readonly EmulatedEndpoint[];
  readonly journal: Journal<OndemandEntry, OndemandFilter>;
  /** All there ever were, in order, with what they were told; deleted ones too. */
  readonly sessions: readonly OndemandSession[];
  /** The sessions that were told the marker, each with the number of queries in which it stood. */
  toldTo(marker: string): { session: OndemandSession; times: number }[];
  /** Keys, passwords and every token there ever was: what nobody may find in a file, a log or an answer. */
  readonly secrets: readonly string[];
  /** Open client connections. */
  readonly connections: number;
  /** The shape of the streams from now on. */
  restyle(style: Partial<StreamStyle>): void;
  /** Access tokens of the login (of all, where none is named) hold no longer. */
  expireTokens(email?: string): void;
  /** The service forgets the session (all, where none is named), as if it had timed out. */
  forgetSessions(id?: string): void;
  /** Forgets sessions, tokens, media, journal, scripts and standing faults, and the style is as it began. */
  reset(): void;
  /** Closes every connection hard. */
  close(): Promise<void>;
}

export const usualKeys: readonly string[] = ['emulated-ondemand-key-one', 'emulated-ondemand-key-two'];
export const usualLogins: readonly Login[] = [
  { email: 'ada@example.com', password: 'emulated-password-of-ada' },
  { email: 'bob@example.com', password: 'emulated-password-of-bob' },
];

export async function createOndemandEmulator(
  options: OndemandEmulatorOptions = {},
): Promise<OndemandEmulator> {
  const { keys = usualKeys, logins = usualLogins, eventGapMs = 0, onServed } = options;
  const { tokenFormat = 'jwt', tokenLifetimeMs = 3_600_000 } = options;
  const firstStyle = { ...usualStyle, ...options.style };
  let style = firstStyle;
  const journal = createJournal<OndemandEntry, OndemandFilter>(entryMeets);
  const faults = createOndemandFaultPlan();
  const service: Service = {
    accounts: createAccounts({ keys, logins, tokenFormat, tokenLifetimeMs }),
    sessions: createSessionStore(),
    media: createMediaStore(),
    endpoints: emulatedEndpoints(options.active),
    listEnvelope: options.listEnvelope ?? 'data',
    clientSync: options.clientSync ?? 'data',
    reply: options.reply ?? null,
    style: () => style,
  };
  const { accounts, sessions, media } = service;
  let requests = 0;

  const server = await createSocketServer(options.port ?? 0, (socket, serial) =>
    serveConnection<OndemandEntry>(socket, {
      serial,
      eventGapMs,
      open(request, connection) {
        requests += 1;
        const route = routeOf(request.method, request.path);
        const known = typeof route === 'object' ? route : null;
        const account = known ? accounts.nameOf(request, known) : null;
        const asked = request.json?.endpointId;
        const fault = faults.take({
          account,
          route: known?.name ?? null,
          model: typeof asked === 'string' ? asked : null,
          byToken: known?.access === 'token',
        });
        const entry = newOndemandEntry(request, {
          account,
          route: known?.name ?? null,
          model: endpointIdOf(request.json),
          session: request.path.startsWith('/chat/') ? (known?.id ?? null) : null,
          id: requests,
          connection,
          fault: fault.text,
        });
        return { entry: journal.add(entry), fault };
      },
      steps(request, fault, entry) {
        const route = routeOf(request.method, request.path);
        const answer = serve({ request, route, fault, entry }, service);
        const { heartbeat = null } = answer;
        return pacedSteps(answer, fault, { heartbeat, heartbeatMs: style.heartbeatMs, eventGapMs });
      },
      ...(onServed ? { served: onServed } : {}),
    }),
  );

  return {
    origin: server.origin,
    port: server.port,
    keys,
    logins,
    accounts: accounts.names,
    endpoints: service.endpoints,
    journal,
    get sessions() {
      return sessions.all;
    },
    toldTo: (marker) =>
      sessions.all
        .map((session) => ({ session, times: timesTold(session, marker) }))
        .filter(({ times }) => times > 0),
    get secrets() {
      return accounts.secrets;
    },
    get connections() {
      return server.connections;
    },
    restyle(change) {
      style = { ...style, ...change };
    },
    expireTokens: accounts.expire,
    forgetSessions(id) {
      for (const session of sessions.all)
        if (id === undefined || session.id === id) sessions.forget(session.id);
    },
    script: faults.script,
    scriptFor: faults.scriptFor,
    set: faults.set,
    reset() {
      for (const { clear } of [journal, faults, accounts, sessions, media]) clear();
      style = firstStyle;
    },
    close: server.close,
  };
}
