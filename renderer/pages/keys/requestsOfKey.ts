/** The list of requests, narrowed to one client key. */
export function requestsOfKey(id: string): string {
  return `/requests?clientKeyId=${encodeURIComponent(id)}`;
}
