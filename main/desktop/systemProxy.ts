// Which proxy the system names for an address: the environment first, as for the program without a desktop, then the system's settings.
import { environmentProxy, type SystemProxy } from '../base/systemProxy.ts';

/** Settings of the system may change at any time; asking for each request would cost each one a way to another process. */
const rememberMs = 10_000;

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
};

/** The first way in a PAC answer (`PROXY host:port; DIRECT`) that the transport can go; null for straight. */
export function readPacAnswer(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined && URL.canParse(`${scheme}://${host}`)) return `${scheme}://${host}`;
  }
  return null;
}

export function createSystemProxy(deps: {
  env: Readonly<Record<string, string | undefined>>;
  /** Electron's `session.resolveProxy`. */
  resolveProxy: (url: string) => Promise<string>;
  /** Monotonic milliseconds. */
  monotonic: () => number;
}): SystemProxy {
  const named = environmentProxy(deps.env);
  const known = new Map<string, { at: number; proxy: Promise<string | null> }>();
  return (url) => {
    const fromEnvironment = named(url);
    if (fromEnvironment !== null) return fromEnvironment;
    const { origin } = new URL(url);
    const found = known.get(origin);
    if (found && deps.monotonic() - found.at < rememberMs) return found.proxy;
    // Where the system can't say, requests go straight, as they would without the setting.
    const proxy = deps.resolveProxy(`${origin}/`).then(readPacAnswer, () => null);
    known.set(origin, { at: deps.monotonic(), proxy });
    return proxy;
  };
}
