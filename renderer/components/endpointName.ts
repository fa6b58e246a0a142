import type { TFunction } from 'i18next';
import type { EndpointView } from '../../main/contract/schemas/views.ts';

/** The name the gateway gives its built-in endpoint; a name the user chose is left alone. */
const demoName = 'Demo (no network)';

/** What an endpoint is called on the page. */
export function endpointName(endpoint: Pick<EndpointView, 'id' | 'name' | 'isDemo'>, t: TFunction): string {
  if (endpoint.isDemo && endpoint.name === demoName) return t('endpoints.demoName');
  return endpoint.name || endpoint.id;
}
