// net.request over Node's own http: what Electron tells of redirects, answers and ends, in Electron's order and words.
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { refuseUnknown } from './knownOptions.ts';
import { sessionModule } from './session.ts';

/** The events and members of Electron's own that are modelled. */
export interface StandInResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string | string[]>;
  on(event: 'data', listener: (chunk: Buffer) => void): this;
  on(event: 'end' | 'aborted', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

export interface StandInRequest {
  on(
    event: 'redirect',
    listener: (
      statusCode: number,
      method: string,
      redirectUrl: string,
      headers: Record<string, string[]>,
    ) => void,
  ): this;
  on(event: 'response', listener: (response: StandInResponse) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  followRedirect(): void;
  abort(): void;
  end(): void;
}

const redirects = [301, 302, 303, 307, 308];

class Request extends EventEmitter {
  readonly #options: Electron.ClientRequestConstructorOptions;
  #url: string;
  #following = false;
  #aborted = false;
  #running: http.ClientRequest | null = null;

  constructor(options: Electron.ClientRequestConstructorOptions) {
    super();
    this.#options = options;
    this.#url = options.url ?? '';
  }
  end(): void {
    if (!this.#aborted) void this.#send();
  }
  /** Requests go through the filter of their session as those of pages do; without a word on it, that is the windows' own. */
  async #send(): Promise<void> {
    const { partition, session } = this.#options;
    const ownSession = session !== undefined || (partition ?? '') !== '';
    if (!ownSession && !(await sessionModule.defaultSession.webRequest.allows(this.#url))) {
      this.emit('error', new Error('net::ERR_BLOCKED_BY_CLIENT'));
      return;
    }
    if (this.#aborted) return;
    const url = new URL(this.#url);
    const { get } = url.protocol === 'https:' ? https : http;
    const headers = (this.#options.headers ?? {}) as http.OutgoingHttpHeaders;
    this.#running = get(url, { headers }, (response) => this.#answer(response));
    this.#running.on('error', (error) => this.#aborted || this.emit('error', error));
  }
  #answer(response: http.IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    if (!redirects.includes(statusCode) || headers.location === undefined) {
      this.emit('response', response);
      return;
    }
    response.resume();
    this.#url = new URL(headers.location, this.#url).href;
    this.#following = this.#options.redirect !== 'manual';
    this.emit('redirect', statusCode, 'GET', this.#url, {});
    if (this.#following) this.end();
    else if (!this.#aborted) this.emit('error', new Error('Redirect was cancelled'));
  }
  /** To be called while the redirect is told of. */
  followRedirect(): void {
    this.#following = true;
  }
  abort(): void {
    this.#aborted = true;
    this.#following = false;
    this.#running?.destroy();
  }
}

export function request(options: Electron.ClientRequestConstructorOptions | string): StandInRequest {
  const given = typeof options === 'string' ? { url: options } : options;
  refuseUnknown('ClientRequestConstructorOptions', given);
  return new Request(given) as StandInRequest;
}
