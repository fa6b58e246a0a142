// The first half of a diagnosis: the address itself, its name, the connection, the certificate. It sends no request and no key.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isNear, mendBaseUrl } from '../../contract/mendBaseUrl.ts';
import type { CheckStepName } from '../../contract/schemas/check.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import { type Finding, failed, passed } from './finding.ts';
import { lookAtTls } from './lookAtTls.ts';
import { openSocket, openTunnel, ProxyRefusedError, type Target, targetOf } from './openTunnel.ts';

export interface Reach {
  /** Unix ms. */
  now(): number;
  connectMs: number;
  signal?: AbortSignal;
  step(name: CheckStepName, work: () => Promise<Finding>): Promise<Finding>;
}

/** A machine with loopback alone. */
const isOffline = (): boolean =>
  !Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));

/** What is shown of a proxy: never its user and password. */
const proxyName = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

function lookAtAddress({ baseUrl, kind }: Pick<CompiledEndpoint, 'baseUrl' | 'kind'>): Finding {
  const { hostname, protocol } = new URL(baseUrl);
  if (/^name\./i.test(hostname) || /your[-_]|[<>{}]|%7b|%3c/i.test(baseUrl))
    return failed('address-placeholder', { facts: { url: baseUrl } });
  const mended = mendBaseUrl(baseUrl, kind);
  const mends = [{ do: 'address', baseUrl: mended.baseUrl } as const];
  if (mended.slips.includes('plain'))
    return { state: 'warned', code: 'address-plain', facts: { host: hostname }, mends };
  // Drivers read past most of these: it may work, and is worth setting right.
  if (mended.slips.length > 0)
    return { state: 'warned', code: 'address-slip', facts: { better: mended.baseUrl }, mends };
  if (protocol === 'http:' && !isNear(hostname) && !isIP(hostname))
    return { state: 'warned', code: 'address-plain', facts: { host: hostname } };
  return passed('address-ok', { url: baseUrl });
}

async function lookAtName(host: string): Promise<Finding> {
  if (isIP(host)) return passed('dns-literal', { host });
  try {
    const found = (await lookup(host, { all: true })).map(({ address }) => address);
    const facts = { host, addresses: found.slice(0, 3).join(', ') };
    const fake = found.some((address) => /^198\.1[89]\./.test(address));
    if (fake) return passed('dns-fake-ip', facts);
    const near = found.every((address) => isNear(isIP(address) === 6 ? `[${address}]` : address));
    return passed(near ? 'dns-private' : 'dns-ok', facts);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (isOffline()) return failed('offline', { facts: { host } });
    // A name server that can't be asked says nothing about the name.
    const asked = code === 'ENOTFOUND' || code === 'ENODATA';
    return failed(asked ? 'dns-not-found' : 'dns-failed', {
      facts: { host },
      said: asked ? null : code,
      mends: asked ? [] : [{ do: 'set-proxy' }],
    });
  }
}

function connectFault(error: Error, peer: string, viaProxy: boolean): Finding {
  const inner = (error as { errors?: Error[] }).errors?.[0] ?? error;
  const { code = '', message } = inner as Error & { code?: string };
  const facts = { peer };
  const proxy = viaProxy ? [] : [{ do: 'set-proxy' } as const];
  if (code === 'ECONNREFUSED') return failed('connect-refused', { facts });
  if (isOffline() && /ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN/.test(code))
    return failed('offline', { facts });
  if (code === 'ETIMEDOUT') return failed('connect-timeout', { facts, mends: proxy });
  if (/ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL/.test(code))
    return failed('connect-unreachable', { facts, said: code, mends: proxy });
  return failed('connect-failed', { facts, said: code || message, mends: proxy });
}

/**
 * Address, DNS, connection and TLS of an endpoint, each as a step; those that can't follow are left out.
 * True where requests can be sent. `tls-not-spoken` is the last finding where the scheme is wrong.
 */
export async function tryReach(endpoint: CompiledEndpoint, reach: Reach): Promise<Finding> {
  const { proxy, baseUrl } = endpoint;
  const { connectMs, signal } = reach;
  const target = targetOf(baseUrl);
  const way = proxy === null ? target : targetOf(proxy);
  const peerOf = ({ host, port }: Target): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const secure = new URL(baseUrl).protocol === 'https:';

  const address = await reach.step('address', async () => lookAtAddress(endpoint));
  if (address.state === 'failed') return address;
  const name = await reach.step('dns', () => lookAtName(way.host));
  if (name.state === 'failed') return name;

  const socketTo = () =>
    proxy !== null && secure
      ? openTunnel(proxy, target, connectMs, signal)
      : openSocket(way, connectMs, signal);
  let socket: Awaited<ReturnType<typeof openSocket>> | null = null;
  const connected = await reach.step('connect', async () => {
    try {
      socket = await socketTo();
      return proxy === null
        ? passed('connect-ok', { peer: peerOf(target) })
        : passed('connect-proxy-ok', { proxy: proxyName(proxy) });
    } catch (error) {
      if (signal?.aborted) return failed('cancelled');
      if (error instanceof ProxyRefusedError)
        return failed('proxy-refused', {
          facts: { proxy: proxyName(proxy ?? '') },
          said: error.message,
          mends: [{ do: 'set-proxy' }],
        });
      return connectFault(error as Error, peerOf(way), proxy !== null);
    }
  });
  const open = socket as Awaited<ReturnType<typeof openSocket>> | null;
  if (connected.state === 'failed' || !open) return connected;
  if (!secure) {
    open.destroy();
    return connected;
  }
  return reach.step('tls', () =>
    lookAtTls(open, target, { ms: connectMs, now: reach.now(), ...(signal ? { signal } : {}) }),
  );
}
