import type { ServerResponse } from 'node:http';
import type { Log } from '../base/log.ts';
import type { GatewayDeps } from '../gateway/deps.ts';
import type { AccountStates } from '../guards/accountStates.ts';

/** What the gateway's routes stand on. */
export interface ServerContext {
  readonly gateway: GatewayDeps;
  readonly accountStates: AccountStates;
  readonly log: Log;
  readonly version: string;
  readonly requestId: () => string;
  /** Why clients are turned away now, or null while the gateway is on. */
  readonly closedReason: () => string | null;
  /** A web page that nobody has allowed yet called. */
  readonly onUnknownOrigin: (origin: string) => void;
}

/** JSON with a length, past Fastify's own serialiser. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
