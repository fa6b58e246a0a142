// Decides which addresses may be handed to the system: known sites, and links by which a client takes its settings. It opens nothing.

/** The hosts of a list of addresses. */
export function hostsOf(addresses: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((address) => (address === null ? [] : [new URL(address).host])));
}

/** Base64 as a client's link carries it, percent-encoded. */
const packed = '(?:[A-Za-z0-9]|%2B|%2F|%3D)+';

/** Links of other schemes start any program that claims them: only these two forms leave, to the letter. */
const clientLinks = [
  new RegExp(`^cherrystudio://providers/api-keys\\?v=1&data=${packed}$`),
  new RegExp(`^chatbox://provider/import\\?config=${packed}$`),
];

/** The address in its normal form if it is plain https on a known host or a client's own link, else null. */
export function externalUrl(address: string, hosts: ReadonlySet<string>): string | null {
  // Spaces, control characters and backslashes are read differently by browsers and systems, also when encoded.
  if (!/^[!-[\]-~]+$/.test(address) || /%(?:0|1|7f|5c)/i.test(address) || !URL.canParse(address)) return null;
  if (clientLinks.some((form) => form.test(address))) return address;
  const url = new URL(address);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.port === '';
  return plain && hosts.has(url.host) ? url.href : null;
}
