// Tries a way out: one request without any credential, whose answer, whatever it says, shows that the way leads somewhere.
import { concealProxy } from '../base/proxyUrl.ts';
import type { Redactor } from '../base/redact.ts';
import type { SystemProxy } from '../base/systemProxy.ts';
import { classifyTransport } from './classifyFailure.ts';
import { direct, outboundProxy } from './outboundProxy.ts';
import type { Exchange, UpstreamRequest } from './transport.ts';

export interface WayOut {
  ok: boolean;
  /** The proxy in use, its password concealed; null where none is. */
  via: string | null;
  ms: number;
  /** Why it failed; null where it did not. */
  reason: string | null;
}

/** `setting`: a proxy's URL, `system` or null, as the settings have it. Never rejects. */
export type Reach = (url: string, setting: string | null) => Promise<WayOut>;

const limitMs = 15_000;

export function createReach(deps: {
  send: (request: UpstreamRequest) => Exchange;
  system: SystemProxy;
  redactor: Redactor;
  connectMs: () => number;
  monotonic: () => number;
}): Reach {
  return async (url, setting) => {
    const started = deps.monotonic();
    const proxy = await outboundProxy(url, null, setting, deps.system);
    const done = (reason: string | null): WayOut => ({
      ok: reason === null,
      via: concealProxy(proxy),
      ms: Math.round(deps.monotonic() - started),
      reason: reason === null ? null : deps.redactor.redact(reason),
    });
    const exchange = deps.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      body: null,
      proxy: proxy ?? direct,
      connectMs: deps.connectMs(),
    });
    const late = new Error(`no answer within ${limitMs / 1_000} s`);
    const timer = setTimeout(() => exchange.abort(late), limitMs);
    try {
      const response = await exchange.response;
      response.abort(new Error('seen enough'));
      return done(null);
    } catch (error) {
      return done(error === late ? late.message : classifyTransport(error as Error).reason);
    } finally {
      clearTimeout(timer);
    }
  };
}
