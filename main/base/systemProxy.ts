// Which proxy the system wants for an address, as far as the environment says it: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
import { BlockList, isIP } from 'node:net';

/** The proxy for a whole URL, or null to go straight. A desktop asks its system, which takes time. */
export type SystemProxy = (url: string) => string | null | Promise<string | null>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Lower case counts first, as curl has it. */
function read(env: Environment, name: string): string {
  return (env[name.toLowerCase()] || env[name] || '').trim();
}

/** `127.0.0.1:7890` and `socks5h://…` in the spelling that the transport knows; null for what it can't use. */
function spelled(proxy: string): string | null {
  if (proxy === '') return null;
  const whole = proxy.includes('://') ? proxy : `http://${proxy}`;
  const known = whole.replace(/^socks(?:5h?)?:/i, 'socks5:').replace(/\/$/, '');
  return /^(?:https?|socks5):/i.test(known) && URL.canParse(known) ? known : null;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

function inSubnet(entry: string, host: string): boolean {
  const [network = '', prefix] = entry.split('/');
  const [family, own] = [isIP(network), isIP(host)];
  if (prefix === undefined || family === 0 || family !== own || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, Number(prefix), type);
  return list.check(host, type);
}

/** Entries of NO_PROXY: `*`, a host, a domain with or without its dot, each perhaps with a port, or a subnet. */
function isExempt(list: string, url: URL): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((written) => {
      if (written === '*') return true;
      if (inSubnet(written, host)) return true;
      const [, name = '', wanted] = /^(\[[^\]]+\]|[^:]+|.*:.*:.*?)(?::(\d+))?$/.exec(written) ?? [];
      if (wanted !== undefined && wanted !== port) return false;
      const domain = bare(name).replace(/^\*?\./, '');
      return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
    });
}

/** The environment is read with each question: it may be set while the program runs. */
export function environmentProxy(env: Environment): (url: string) => string | null {
  return (address) => {
    const url = new URL(address);
    if (isExempt(read(env, 'NO_PROXY'), url)) return null;
    const own = read(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
    return spelled(own || read(env, 'ALL_PROXY'));
  };
}
