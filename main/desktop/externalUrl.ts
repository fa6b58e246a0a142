// Decides which addresses may be handed to the system's browser. It opens nothing.

/** The hosts of a list of addresses. */
export function hostsOf(addresses: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((address) => (address === null ? [] : [new URL(address).host])));
}

/** The address in its normal form if it is plain https on a known host, else null. */
export function externalUrl(address: string, hosts: ReadonlySet<string>): string | null {
  // Spaces, control characters and backslashes are read differently by browsers and systems, also when encoded.
  if (!/^[!-[\]-~]+$/.test(address) || /%(?:0|1|7f|5c)/i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.port === '';
  return plain && hosts.has(url.host) ? url.href : null;
}
