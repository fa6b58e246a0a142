// Ties the core to the machine it runs on: sleep, and the network.
import { networkInterfaces } from 'node:os';
import { net } from 'electron';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Core } from '../core.ts';
import { watchNetwork } from './network.ts';
import { followPower } from './power.ts';

function every(ms: number, look: () => void): () => void {
  const timer = setInterval(look, ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** Returns what ends it. */
export function followMachine({ uplink }: Pick<Core, 'uplink'>, log: Log): () => void {
  const leavePower = followPower(uplink, log);
  const leaveNetwork = watchNetwork({
    uplink,
    clock: systemClock,
    interfaces: networkInterfaces,
    isOnline: () => net.isOnline(),
    every,
  });
  return () => {
    leavePower();
    leaveNetwork();
  };
}
