// A plain Chromium can't be taught a standard scheme. Its pages live on an https address that stands for it: same rules of origin,
// secure, never resolved, answered by interception. Only here is one turned into the other.
const suffix = '.stand-in.invalid';

/** `app://sluice/x` -> `https://sluice.app.stand-in.invalid/x`; other addresses stay as they are. */
export function toReal(address: string, schemes: Iterable<string>): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname, search, hash } = new URL(address);
  const scheme = [...schemes].find((name) => protocol === `${name}:`);
  return scheme ? `https://${host}.${scheme}${suffix}${pathname || '/'}${search}${hash}` : address;
}

/** The way back. */
export function toElectron(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, hostname, pathname, search, hash } = new URL(address);
  if (protocol !== 'https:' || !hostname.endsWith(suffix)) return address;
  const names = hostname.slice(0, -suffix.length).split('.');
  const scheme = names.pop();
  return `${scheme}://${names.join('.')}${pathname}${search}${hash}`;
}

/** `scheme://host` as Electron's frames say it; `null` for opaque origins. */
export function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.host ? `${url.protocol}//${url.host}` : 'null';
}
