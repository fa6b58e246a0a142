// The way to upstreams: most calls are built and sent; kinds that sign in and keep sessions open theirs in several steps.
import type { TurnResult } from '../protocol/hub/turnResult.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import type { UpstreamCall, UpstreamDriver, UpstreamTarget } from './driver.ts';
import type { Quirk } from './quirk.ts';
import type { Exchange, UpstreamRequest } from './transport.ts';

export interface LinkRequest {
  readonly call: UpstreamCall;
  readonly target: UpstreamTarget;
  readonly quirks: ReadonlySet<Quirk>;
  /** Whose conversation it is: the client key's id. */
  readonly owner: string;
  /** Milliseconds to establish a connection; 0 = no limit. */
  readonly connectMs: number;
}

export interface OpenedCall {
  readonly exchange: Exchange;
  /** What was changed for this upstream's sake, for the record. */
  readonly repairs: readonly string[];
  /** To be told the whole answer when it has ended well: a session goes on from there. */
  answered(result: TurnResult): void;
}

/** A kind that needs more than one request for an answer. */
export interface SessionLink {
  open(request: LinkRequest): OpenedCall;
  /** The answer to the model list's request. */
  listModels(endpoint: CompiledEndpoint, account: CompiledAccount, connectMs: number): Exchange;
  /** Signs in and does no more; null where the account has nothing to sign in with, only a key. */
  signIn(endpoint: CompiledEndpoint, account: CompiledAccount, connectMs: number): Exchange | null;
}

export interface UpstreamLink {
  open(driver: UpstreamDriver, request: LinkRequest): OpenedCall;
  listModels(
    driver: UpstreamDriver,
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    connectMs: number,
    /** As the driver's `nextModelPage` says. */
    page?: string | null,
  ): Exchange;
  /** As the link of the kind does; null for kinds without one. */
  signIn(
    driver: UpstreamDriver,
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    connectMs: number,
  ): Exchange | null;
}

const nothing = (): void => undefined;

/** `sessions`: the kinds that keep sessions, by kind. */
export function createUpstreamLink(deps: {
  send: (request: UpstreamRequest) => Exchange;
  sessions: Partial<Record<CompiledEndpoint['kind'], SessionLink>>;
}): UpstreamLink {
  return {
    open(driver, request) {
      const { call, target, quirks, connectMs } = request;
      const link = deps.sessions[driver.kind];
      if (link) return link.open(request);
      const built = driver.build(call, target, quirks);
      const exchange = deps.send({ ...built, proxy: target.endpoint.proxy, connectMs });
      return { exchange, repairs: built.repairs, answered: nothing };
    },
    listModels(driver, endpoint, account, connectMs, page = null) {
      const link = deps.sessions[driver.kind];
      if (link) return link.listModels(endpoint, account, connectMs);
      const built = driver.buildModelList(endpoint, account);
      const url = page === null ? built.url : `${built.url}&${page}`;
      return deps.send({ ...built, url, proxy: endpoint.proxy, connectMs });
    },
    signIn: (driver, endpoint, account, connectMs) =>
      deps.sessions[driver.kind]?.signIn(endpoint, account, connectMs) ?? null,
  };
}
