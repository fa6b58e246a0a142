import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';

/**
 * The gateway's address without a path, as a client reaches it. A page that came from another machine came from the
 * address that works there; `page` is its location, null in the desktop's window.
 */
export function gatewayOrigin(
  status: GatewayStatus,
  page: { hostname: string; origin: string } | null,
): string {
  if (page && !/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(page.hostname)) return page.origin;
  return status.address ? new URL(status.address).origin : `http://localhost:${status.port}`;
}
