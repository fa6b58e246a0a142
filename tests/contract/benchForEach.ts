import { afterEach, beforeEach } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import type { Carrier, OpenCarrier } from './carriers.ts';
import { type ControlBench, createControlBench } from './controlBench.ts';

/** Gives each test of a suite a bench of its own, and a client that reaches it as `open` does. */
export function benchForEach(
  open: OpenCarrier,
  begin: (opened: { bench: ControlBench; client: ControlClient }) => void,
): void {
  let bench: ControlBench;
  let carrier: Carrier;
  beforeEach(async () => {
    bench = await createControlBench();
    carrier = await open(bench);
    begin({ bench, client: carrier.client });
  });
  afterEach(async () => {
    await carrier.close();
    await bench.close();
  });
}
