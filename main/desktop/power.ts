// Tells the core of sleep. A locked screen is none: requests go on behind it.
import { powerMonitor } from 'electron';
import type { Log } from '../base/log.ts';
import type { Core } from '../core.ts';

/** Returns what ends it. */
export function followPower(uplink: Pick<Core['uplink'], 'suspend' | 'renew'>, log: Log): () => void {
  const onSuspend = (): void => {
    log.info('the machine goes to sleep');
    uplink.suspend();
  };
  const onResume = (): void => {
    log.info('the machine is awake');
    uplink.renew();
  };
  powerMonitor.on('suspend', onSuspend);
  powerMonitor.on('resume', onResume);
  return () => {
    powerMonitor.off('suspend', onSuspend);
    powerMonitor.off('resume', onResume);
  };
}
