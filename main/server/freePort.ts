// Looks for a port that nobody listens on, by binding it: nothing else tells of reserved ranges.
import { createServer } from 'node:net';
import { twinOf } from './listener.ts';

/** How many ports above the wanted one are tried. */
const reach = 20;
const firstOpenPort = 1024;
const lastPort = 65_535;

function binds(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // No such family on this machine: nobody can be there.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ host, port, ipv6Only: host === '::1' }, () => server.close(() => resolve(true)));
  });
}

/** The next port above `port` that is free on `host` (and its twin), or null where none of the next is. */
export async function nextFreePort(host: string, port: number): Promise<number | null> {
  const twin = twinOf(host);
  const first = Math.max(port + 1, firstOpenPort);
  for (let next = first; next < first + reach && next <= lastPort; next++)
    if ((await binds(host, next)) && (twin === null || (await binds(twin, next)))) return next;
  return null;
}
