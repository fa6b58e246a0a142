import type { GatewayStatus } from '../contract/schemas/views.ts';

/** Switching the gateway on and off, for the tray, the window and the headless program alike. */
export interface Lifecycle {
  status(): GatewayStatus;
  /** Listens (desktop) or lets requests in again (headless). A taken port ends in state `failed` and a `port-taken` problem. */
  start(): Promise<GatewayStatus>;
  /** No new requests; running ones get `drainMs` (default 30 s). Headless keeps the port open for the dashboard. */
  stop(options?: { drainMs?: number }): Promise<GatewayStatus>;
}
