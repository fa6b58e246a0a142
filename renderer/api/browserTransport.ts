import { routes } from 'virtual:contract-routes';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { ControlClient } from './controlClient.ts';

/**
 * The operations over HTTP at `/control` of the origin that served the page.
 * `onRefused` is called whenever the gateway answers 401, so that one place leads back to the sign-in page.
 */
export function connectBrowser(token: string, onRefused: () => void): ControlClient {
  const link = new OpenAPILink(routes, {
    url: `${location.origin}/control`,
    headers: { authorization: `Bearer ${token}` },
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      if (response.status === 401) onRefused();
      return response;
    },
  });
  return createORPCClient(link);
}
