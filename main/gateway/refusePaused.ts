import { GatewayError } from '../base/gatewayError.ts';
import type { GatewayDeps } from './deps.ts';
import { inWords } from './inWords.ts';

/** Throws `gateway_paused`, with the way out, while the spending mode lets nothing through. */
export function refusePaused({ spending, clock }: Pick<GatewayDeps, 'spending' | 'clock'>): void {
  const mode = spending.current();
  if (mode.mode !== 'paused') return;
  const { until } = mode;
  const leftMs = until === null ? undefined : Math.max(0, until - clock.now());
  const end =
    until === null || leftMs === undefined
      ? 'until it is resumed'
      : `until ${new Date(until).toISOString().replace(/\.\d+Z$/, 'Z')}, for another ${inWords(leftMs)}`;
  throw new GatewayError(
    'gateway_paused',
    `Sluice is paused ${end}: it asks no endpoint. To resume, choose "Back to normal" in its window or in the tray.`,
    { retryAfterMs: leftMs },
  );
}
