/** An account as it was pasted, on its way in. */
export type PastedAccount = {
  name?: string;
  email?: string;
  secret: string;
};

/**
 * One account a line: a key alone, `name = key`, or for sign-ins `email:password`. Blank lines and doubles fall away.
 */
export function parseKeyLines(text: string): PastedAccount[] {
  const seen = new Set<string>();
  const accounts: PastedAccount[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (!line) continue;
    const account = parseLine(line);
    const identity = `${account.email ?? ''}\n${account.secret}`;
    if (!account.secret || seen.has(identity)) continue;
    seen.add(identity);
    accounts.push(account);
  }
  return accounts;
}

function parseLine(line: string): PastedAccount {
  const login = /^([^\s:@]+@[^\s:@]+\.[^\s:@]+)\s*[:\s]\s*(\S.*)$/.exec(line);
  if (login?.[1] && login[2]) return { email: login[1], secret: login[2].trim() };
  // Only a separator with spaces around it: keys themselves may end in "=".
  const named = /^(.{1,60}?)\s+=\s+(\S+)$/.exec(line);
  if (named?.[1] && named[2]) return { name: named[1].trim(), secret: named[2] };
  return { secret: line };
}
