// A proxy's URL and the password in it. The rest of the URL is left as it was written.

const withPassword = /^([a-z0-9]+:\/\/[^:@/]*):([^/]*)@/i;
const withUser = /^([a-z0-9]+:\/\/)(?:([^:@/]*)@)?/i;

/** `http://user:password@host` -> `http://user:••@host`. */
export function concealProxy(proxy: string | null): string | null {
  return proxy?.replace(withPassword, '$1:••@') ?? null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign stands for itself.
    return text;
  }
}

/** `http://user:p%40ss@host` -> `http://user@host` and `p@ss`; null where there is no password. */
export function splitProxy(proxy: string): { url: string; password: string } | null {
  const [, user = '', password = ''] = withPassword.exec(proxy) ?? [];
  if (password === '') return null;
  const host = user.endsWith('//') ? '' : '@';
  return { url: proxy.replace(withPassword, () => user + host), password: decoded(password) };
}

/** The reverse of `splitProxy`. `raw` puts the text in as it is, such as a mask. */
export function joinProxy(url: string, password: string, raw?: 'raw'): string {
  const text = raw ? password : encodeURIComponent(password.toWellFormed());
  return url.replace(withUser, (_match, scheme: string, user = '') => `${scheme}${user}:${text}@`);
}
