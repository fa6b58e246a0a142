// Lets a request in only if its Host header is one of ours: pages that rebind a name of theirs to this machine stay out.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { GatewayError } from '../../base/gatewayError.ts';

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostValues(request: IncomingMessage): string[] {
  const { rawHeaders } = request;
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host')
      values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}

function splitHost(host: string): { name: string; port: string | null } {
  const match = /^(\[[0-9a-f:.]+\]|[^:]*)(?::(\d{1,5}))?$/i.exec(host);
  return match ? { name: (match[1] ?? '').toLowerCase(), port: match[2] ?? null } : { name: '', port: null };
}

/** The name this server was told to listen on counts as ours; a wildcard address is none. */
function isListeningName(name: string, listenHost: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  return bare === listenHost.toLowerCase() && listenHost !== '0.0.0.0' && listenHost !== '::';
}

export interface HostPolicy {
  readonly listenHost: string;
  /** Host names the user added; `name` or `name:port`. */
  readonly allowedHosts: readonly string[];
}

/** Throws `host_not_allowed`. A port other than the one listened on is refused too, unless the whole `name:port` is allowed. */
export function guardHost(request: IncomingMessage, policy: HostPolicy): void {
  const values = hostValues(request);
  const host = values[0] ?? '';
  const { name, port } = splitHost(host);
  const allowed = policy.allowedHosts.some(
    (entry) => entry.toLowerCase() === name || entry.toLowerCase() === host.toLowerCase(),
  );
  const wildcard = policy.listenHost === '0.0.0.0' || policy.listenHost === '::';
  // Listening for the whole network, any address of this machine is a fair way to reach it; a DNS name is not, unless allowed.
  const byAddress = wildcard && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  const ours = ownNames.has(name) || isListeningName(name, policy.listenHost) || byAddress;
  const portFits = port === null || Number(port) === request.socket.localPort || wildcard;
  if (values.length === 1 && (allowed || (ours && portFits))) return;
  throw new GatewayError(
    'host_not_allowed',
    `The host "${host.slice(0, 100)}" is not one this gateway answers to. Use http://localhost, or add the name under allowed hosts in the settings.`,
  );
}
