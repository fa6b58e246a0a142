// Decides which web pages may call the gateway from a browser, and gives every answer the CORS headers it needs.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../../base/gatewayError.ts';
import { isOwnPage } from './isOwnPage.ts';

/** Programs and pages of this machine: CONTRACT section 5, "Browsers". */
const trusted =
  /^(?:null|(?:chrome-extension|moz-extension|safari-web-extension|app|file|tauri|capacitor|ionic):\/\/.*|file:.*|https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|tauri\.localhost)(?::\d+)?)$/i;

export function isTrustedOrigin(origin: string, allowedOrigins: readonly string[]): boolean {
  return trusted.test(origin) || allowedOrigins.includes(origin);
}

const allowedMethods = 'GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD';
const usualHeaders =
  'authorization, content-type, x-api-key, api-key, x-goog-api-key, anthropic-version, anthropic-beta, anthropic-dangerous-direct-browser-access, openai-organization, openai-project, openai-beta, http-referer, x-title, x-requested-with';
const exposedHeaders =
  'x-request-id, request-id, retry-after, retry-after-ms, x-should-retry, x-sluice-endpoint, x-sluice-account, x-sluice-model, x-sluice-attempts, x-sluice-dropped, x-ratelimit-limit-requests, x-ratelimit-limit-tokens, x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, x-ratelimit-reset-requests, x-ratelimit-reset-tokens';

/** Sets the headers that let the page read the answer, error messages included. */
export function setCorsHeaders(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (!origin) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'Origin');
  response.setHeader('access-control-expose-headers', exposedHeaders);
}

/** The answer to a preflight. It needs no key and tells nothing but what may be sent. */
export function preflightHeaders(request: IncomingMessage): Record<string, string> {
  const asked = request.headers['access-control-request-headers'];
  return {
    'access-control-allow-methods': allowedMethods,
    'access-control-allow-headers': typeof asked === 'string' && asked.length < 2_000 ? asked : usualHeaders,
    'access-control-max-age': '86400',
    ...(request.headers['access-control-request-private-network'] === 'true'
      ? { 'access-control-allow-private-network': 'true' }
      : {}),
  };
}

/** Throws `origin_not_allowed` for a web page that is not our own and that nobody has allowed yet, after telling `onUnknown`. */
export function guardOrigin(
  request: IncomingMessage,
  policy: { allowedOrigins: readonly string[]; onUnknown: (origin: string) => void },
): void {
  const { origin } = request.headers;
  if (!origin || isOwnPage(request.headers) || isTrustedOrigin(origin, policy.allowedOrigins)) return;
  policy.onUnknown(origin);
  throw new GatewayError(
    'origin_not_allowed',
    `The site ${origin.slice(0, 200)} may not use this gateway yet. Allow it in the Sluice window, then try again.`,
  );
}
