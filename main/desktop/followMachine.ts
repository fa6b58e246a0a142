// Ties the core to the machine it runs on: sleep, and the network.
import { net } from 'electron';
import type { Log } from '../base/log.ts';
import type { Core } from '../core.ts';
import { thisMachine, watchNetwork } from '../guards/watchNetwork.ts';
import { followPower } from './power.ts';

/** Returns what ends it. */
export function followMachine({ uplink }: Pick<Core, 'uplink'>, log: Log): () => void {
  const leavePower = followPower(uplink, log);
  const leaveNetwork = watchNetwork({ ...thisMachine, uplink, isOnline: () => net.isOnline() });
  return () => {
    leavePower();
    leaveNetwork();
  };
}
