import type { GatewayStatus } from '../../main/contract/schemas/views.ts';

/** What a client is given while the gateway is off and has no address of its own to tell. */
export function addressOf(status: GatewayStatus): string {
  return status.address ?? `http://localhost:${status.port}/v1`;
}
