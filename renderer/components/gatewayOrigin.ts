import type { GatewayStatus } from '../../main/contract/schemas/views.ts';

/** Where this window's page came from; null in the desktop's window, which comes from no gateway. */
export function herePage(): Pick<URL, 'hostname' | 'port' | 'origin'> | null {
  return window.sluice?.shell === 'desktop' ? null : window.location;
}

/**
 * The gateway's address without a path, as a client beside this window reaches it. A page that came from another machine, or
 * through another port (a container's, a tunnel's), came from the address that works there.
 */
export function gatewayOrigin(status: GatewayStatus, page = herePage()): string {
  if (page) {
    const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(page.hostname);
    if (!isLocal || page.port !== String(status.port)) return page.origin;
  }
  return status.address ? new URL(status.address).origin : `http://localhost:${status.port}`;
}
