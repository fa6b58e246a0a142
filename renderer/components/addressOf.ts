import type { GatewayStatus } from '../../main/contract/schemas/views.ts';
import { gatewayOrigin } from './gatewayOrigin.ts';

/** What a client beside this window is given, also while the gateway is off. */
export function addressOf(status: GatewayStatus): string {
  return `${gatewayOrigin(status)}/v1`;
}
