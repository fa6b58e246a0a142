// Sends one HTTP request to an upstream and hands back its answer as it comes. It never retries, follows no redirect and judges no status.
// The parts alone: the whole package brings fetch, WebSockets, caches and mocks along, 3 MB of heap that is walked in each collection.
import type { Dispatcher } from 'undici';
import apiConnect from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import DispatcherClass from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import Socks5ProxyAgent from 'undici/lib/dispatcher/socks5-proxy-agent.js';
import { type Bytes, ChunkedBytes } from '../base/chunkedBytes.ts';
import { createOpenSockets } from './openSockets.ts';
import { direct } from './outboundProxy.ts';
import { ProxyError } from './proxyError.ts';

// The package itself hangs its calls onto the class; a proxy's tunnel needs this one, and fails without.
DispatcherClass.prototype.connect ??= apiConnect;

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST';
  /** Whole URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
  /** The endpoint's own proxy: its URL, `direct` for none, or null for what the settings say. */
  readonly proxy: string | null;
  /** Milliseconds to establish the connection; 0 = no limit. */
  readonly connectMs: number;
}

export type UpstreamHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Receives a body chunk by chunk. Exactly one of `end` and `fail` is called, last. */
export interface BodySink {
  data(chunk: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** An answer whose headers have arrived. Its body waits until someone reads it. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: UpstreamHeaders;
  /** Starts the flow of the body. Call once. */
  read(sink: BodySink): void;
  pause(): void;
  resume(): void;
  /** Closes the connection; a running read fails with the reason. */
  abort(reason: Error): void;
}

/** A request on its way. */
export interface Exchange {
  /** Rejects with the transport's error where no answer comes. */
  readonly response: Promise<UpstreamResponse>;
  abort(reason: Error): void;
}

export interface Transport {
  send(request: UpstreamRequest): Exchange;
  /** After sleep or a change of network: closes idle connections and those that are surely dead; living requests go on. */
  refresh(): void;
  close(): Promise<void>;
}

/** What may wait for a reader before the upstream is held up. */
const maxEarlyBytes = 256 * 1024;

/** Takes one answer from undici and keeps what comes before there is a reader. */
class Receiver implements Dispatcher.DispatchHandler, Exchange {
  readonly response: Promise<UpstreamResponse>;
  private resolve: (response: UpstreamResponse) => void = () => {};
  private reject: (error: Error) => void = () => {};
  private controller: Dispatcher.DispatchController | null = null;
  private aborted: Error | null = null;
  private sink: BodySink | null = null;
  private early: Buffer[] = [];
  private earlyBytes = 0;
  private over: { error: Error | null } | null = null;
  private started = false;
  /** What carries the request; null where nothing does. */
  private readonly via: () => string | null;

  constructor(via: () => string | null) {
    this.via = via;
    this.response = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  abort(reason: Error): void {
    if (this.aborted || this.over) return;
    this.aborted = reason;
    this.controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.aborted) controller.abort(this.aborted);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: UpstreamHeaders): void {
    if (status < 200) return;
    this.started = true;
    this.resolve({
      status,
      headers,
      read: (sink) => this.read(sink),
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      abort: (reason) => this.abort(reason),
    });
  }

  private read(sink: BodySink): void {
    this.sink = sink;
    const early = this.early;
    this.early = [];
    for (const chunk of early) sink.data(chunk);
    if (this.over) this.finish(sink, this.over.error);
    else if (this.earlyBytes > maxEarlyBytes) this.controller?.resume();
  }

  private finish(sink: BodySink, error: Error | null): void {
    if (error) sink.fail(error);
    else sink.end();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.sink) {
      this.sink.data(chunk);
      return;
    }
    // Most answers are there whole before anyone can ask for them; stopping the socket for those would cost two system calls.
    this.early.push(chunk);
    this.earlyBytes += chunk.length;
    if (this.earlyBytes > maxEarlyBytes) controller.pause();
  }

  onResponseEnd(): void {
    this.over = { error: null };
    if (this.sink) this.finish(this.sink, null);
  }

  /** Before the answer has begun a proxy may be at fault as well; afterwards it is on the upstream's side of the wire. */
  private toldOf(error: Error): Error {
    const proxy = this.started ? null : this.via();
    return proxy === null ? error : new ProxyError(proxy, error);
  }

  /** No way out was found at all. */
  failed(error: Error): void {
    this.over = { error: this.aborted ?? error };
    this.reject(this.over.error as Error);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.over = { error: this.aborted ?? this.toldOf(error) };
    if (!this.started) this.reject(this.over.error as Error);
    else if (this.sink) this.finish(this.sink, this.over.error);
  }
}

function createDispatcher(proxy: string | null, connectMs: number): Dispatcher {
  const options = {
    // Our own first-byte and idle timers do this; undici's 300 s would kill long silent thinking.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    // Shorter than common server limits, so that a request seldom meets a socket that is just being closed.
    keepAliveTimeout: 4_000,
    keepAliveTimeoutThreshold: 2_000,
    connections: 1024,
    maxHeaderSize: 64 * 1024,
  };
  const connect = { timeout: connectMs };
  if (proxy === null) return new Agent({ ...options, connect });
  if (proxy.startsWith('socks5:'))
    return new Socks5ProxyAgent(proxy, { ...options, connectTimeout: connectMs });
  return new ProxyAgent({ ...options, uri: proxy, requestTls: connect, proxyTls: connect });
}

/** The proxy for a request to `url`, or null for none; `own` is its endpoint's word. */
export type WayOf = (url: string, own: string | null) => string | null | Promise<string | null>;

const ownWay: WayOf = (_url, own) => (own === direct ? null : own);

/** Connection pools, one set for each proxy and connect limit in use. */
export function createTransport(wayOf: WayOf = ownWay): Transport {
  const dispatchers = new Map<string, Dispatcher>();
  const sockets = createOpenSockets();

  function dispatcherFor(proxy: string | null, connectMs: number): Dispatcher {
    const key = `${connectMs} ${proxy ?? ''}`;
    let found = dispatchers.get(key);
    if (!found) {
      found = createDispatcher(proxy, connectMs);
      dispatchers.set(key, found);
    }
    return found;
  }

  return {
    send(request) {
      let via: string | null = null;
      const receiver = new Receiver(() => via);
      const dispatch = (proxy: string | null): void => {
        via = proxy;
        const { origin, path } = splitUrl(request.url);
        const options = { origin, path, method: request.method, ...payloadOf(request) };
        dispatcherFor(proxy, request.connectMs).dispatch(options, receiver);
      };
      const way = wayOf(request.url, request.proxy);
      // Only a desktop's system takes its time to answer; all others are known at once.
      if (way instanceof Promise) way.then(dispatch).catch((error: Error) => receiver.failed(error));
      else dispatch(way);
      return receiver;
    },
    refresh() {
      const old = [...dispatchers.values()];
      dispatchers.clear();
      for (const dispatcher of old) void dispatcher.close();
      sockets.probe();
    },
    async close() {
      sockets.close();
      const old = [...dispatchers.values()];
      dispatchers.clear();
      await Promise.all(old.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** Chunks are written one after the other as they stand, which undici's types do not tell; their length it can't know. */
function payloadOf({ headers, body }: UpstreamRequest): Pick<Dispatcher.DispatchOptions, 'headers' | 'body'> {
  if (!(body instanceof ChunkedBytes)) return { headers: headers as Record<string, string>, body };
  return {
    headers: { ...headers, 'content-length': String(body.length) },
    body: body.chunks as unknown as Buffer,
  };
}

function splitUrl(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash < 0 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}

/** Reads a whole body of at most `limit` bytes. Rejects with the transport's error or BodyTooLargeError. */
export function readAll(response: UpstreamResponse, limit: number, onChunk?: () => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.read({
      data(chunk) {
        size += chunk.length;
        if (size > limit) {
          response.abort(new BodyTooLargeError(limit));
          return;
        }
        chunks.push(chunk);
        onChunk?.();
      },
      end: () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
      fail: reject,
    });
  });
}

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
  constructor(limit: number) {
    super(`the answer is larger than ${Math.round(limit / 1_048_576)} MiB`);
  }
}
