/**
 * Whether the page that calls came from this very server, by whatever name. `Host` itself must have been checked before. Only the
 * host is compared: behind a proxy with TLS the page is https where we are http.
 */
export function isOwnPage({
  origin,
  host,
}: {
  origin?: string | undefined;
  host?: string | undefined;
}): boolean {
  const page = /^https?:\/\/([^/]+)$/i.exec(origin ?? '')?.[1];
  return page !== undefined && host !== undefined && page.toLowerCase() === host.toLowerCase();
}
