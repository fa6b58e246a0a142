// Where an endpoint's credentials may travel. It is asked before an edit is taken: a key belongs to one origin.

/** `scheme://host:port`; URL.origin is "null" for schemes of our own. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

interface Destination {
  baseUrl: string;
  /** on-demand.io has more base URLs here (`authBaseUrl` …); a login's password goes to them. */
  options: Readonly<Record<string, unknown>>;
}

function originsOf(destination: Destination): Set<string> {
  const urls = [
    destination.baseUrl,
    ...Object.entries(destination.options)
      .filter(([name]) => /BaseUrl$/.test(name))
      .map(([, value]) => value),
  ];
  return new Set(
    urls.flatMap((url) => {
      const origin = typeof url === 'string' ? originOf(url) : null;
      return origin ? [origin] : [];
    }),
  );
}

/** True where the edit would send the stored credentials to an origin they were not given for. */
export function leavesOrigin(before: Destination, after: Destination): boolean {
  const known = originsOf(before);
  return [...originsOf(after)].some((origin) => !known.has(origin));
}
