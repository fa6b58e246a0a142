// Notices that the machine's network is another one, or none, and a sleep that nobody told of. Nothing tells a program of the first,
// so it looks every few seconds; what it looks at costs next to nothing.
import { networkInterfaces } from 'node:os';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Uplink } from './uplink.ts';

/** What is looked at, and when. */
export interface Machine {
  clock: Pick<Clock, 'now'>;
  interfaces: typeof networkInterfaces;
  /** Calls again and again; returns what ends it. */
  every: (ms: number, look: () => void) => () => void;
}

export interface NetworkDeps extends Machine {
  uplink: Pick<Uplink, 'renew' | 'setOnline'>;
  /** A false is certain, a true is not. */
  isOnline: () => boolean;
}

/** The one this runs on. It is looked at as long as the process lives, and keeps none alive. */
export const thisMachine: Machine = {
  clock: systemClock,
  interfaces: networkInterfaces,
  every(ms, look) {
    const timer = setInterval(look, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

const lookMs = 5_000;
/** So much more between two looks means that the machine slept, or its clock was set; either way connections are doubtful. */
const sleepMs = 15_000;

/** Whatever a connection could run over. Link-local addresses come and go with every cable and carry none to the internet. */
function routesOf(interfaces: ReturnType<typeof networkInterfaces>): string {
  const addresses = Object.entries(interfaces).flatMap(([name, rows]) =>
    (rows ?? [])
      .filter(({ internal, address }) => !internal && !/^(?:fe80:|169\.254\.)/i.test(address))
      .map(({ address }) => `${name} ${address}`),
  );
  return addresses.sort().join('\n');
}

/** Returns what ends it. */
export function watchNetwork(deps: NetworkDeps): () => void {
  let routes = routesOf(deps.interfaces());
  let lookedAt = deps.clock.now();
  let online = deps.isOnline();
  deps.uplink.setOnline(online);

  return deps.every(lookMs, () => {
    const now = deps.clock.now();
    const next = routesOf(deps.interfaces());
    const isOnline = deps.isOnline();
    const slept = now - lookedAt > lookMs + sleepMs;
    const changed = next !== routes;
    const turned = isOnline !== online;
    lookedAt = now;
    routes = next;
    online = isOnline;
    // Going on and off line renews by itself.
    if (turned) deps.uplink.setOnline(isOnline);
    else if (changed || slept) deps.uplink.renew();
  });
}
