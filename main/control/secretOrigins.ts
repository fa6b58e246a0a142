// Where an endpoint's credentials may travel. It is asked before an edit is taken: a key belongs to one origin.
import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import { ondemandBases } from '../upstream/ondemand/ondemandBases.ts';

/** `scheme://host:port`; URL.origin is "null" for schemes of our own. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

interface Destination {
  kind: EndpointKind;
  baseUrl: string;
  /** on-demand.io has more base URLs here (`authBaseUrl` …), and hosts of its own without them; a login's password goes there. */
  options: Readonly<Record<string, unknown>>;
}

function originsOf(destination: Destination): Set<string> {
  const urls = [
    destination.baseUrl,
    ...Object.entries(destination.options)
      .filter(([name]) => /BaseUrl$/.test(name))
      .map(([, value]) => value),
    ...(destination.kind === 'ondemand' ? Object.values(ondemandBases(destination)) : []),
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
