/** `http://user:password@host` -> `http://user:••@host`. */
export function concealProxy(proxy: string | null): string | null {
  return proxy?.replace(/^([a-z0-9]+:\/\/[^:@/]*):[^/]*@/i, '$1:••@') ?? null;
}
