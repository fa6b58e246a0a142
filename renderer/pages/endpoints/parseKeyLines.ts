/** An account as it was pasted, on its way in. */
export type PastedAccount = {
  name?: string;
  email?: string;
  secret: string;
};

/** A domain ends in letters, so that what separates the password is never taken for a part of it. */
const address = /[^\s@:,;|]+@(?:[\p{L}\p{N}](?:-{0,2}[\p{L}\p{N}])*\.)+\p{L}{2,}/u;
const loneAddress = new RegExp(`^${address.source}$`, 'u');
const loginLine = new RegExp(`^(${address.source})(?:\\s*(-{4}|[:：,，;；|])\\s*|\\s+)(\\S.*)$`, 'u');

/** `email password`, `email:password`, `email----password` and the like; null for anything else. */
export function parseLogin(line: string): { email: string; secret: string } | null {
  const [, email, separator, rest] = loginLine.exec(line.trim()) ?? [];
  if (!email || !rest) return null;
  // Lists written with dashes go on after the password: a recovery address, a date.
  const secret = separator === '----' ? rest.split('----')[0] : rest;
  return secret ? { email, secret: secret.trim() } : null;
}

/** An e-mail address and nothing else: a login whose password is missing, not a key. */
export function isAddress(text: string): boolean {
  return loneAddress.test(text.trim());
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

/**
 * A line holds a key, several as other programs keep them (behind commas, quoted, in brackets), or `name = key`; with `logins`
 * also e-mail and password, as `parseLogin` reads them. Blank lines and doubles fall away, and so does an address without a password.
 */
export function parseKeyLines(text: string, { logins = false } = {}): PastedAccount[] {
  const lines = linesOf(text).filter((line) => !(logins && isAddress(line)));
  return withoutDoubles(lines.flatMap((line) => (logins && parseLogin(line)) || parseKeys(line)));
}

/** Of two that are the same login, or the same key, the first stays. */
export function withoutDoubles(accounts: readonly PastedAccount[]): PastedAccount[] {
  const byIdentity = new Map<string, PastedAccount>();
  for (const account of accounts) {
    const identity = account.email ? `login ${account.email.toLowerCase()}` : `key ${account.secret}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, account);
  }
  return [...byIdentity.values()];
}

/** Lines of a text pasted where logins are asked for; null where there is none among them. */
export function parseLoginLines(text: string): { email: string; secret: string }[] | null {
  const found = linesOf(text).flatMap((line) => parseLogin(line) ?? []);
  return found.length > 0 ? found : null;
}

/** What stands between keys, and never in one. */
const between = /[\s,，;；、"'“”`[\]]+/;

function parseKeys(line: string): PastedAccount[] {
  // Only a separator with spaces around it: keys themselves may end in "=".
  const [, name, rest = line] = /^(.{1,60}?)\s+=\s+(.+)$/.exec(line) ?? [];
  const keys = rest.split(between).filter((part) => part !== '' && part !== '-');
  if (name === undefined) return keys.map((secret) => ({ secret }));
  const numbered = (index: number) => (keys.length > 1 ? `${name.trim()} ${index + 1}` : name.trim());
  return keys.map((secret, index) => ({ name: numbered(index), secret }));
}
