import { ondemandModelMapping } from '../contract/ondemandModels.ts';
import type { Endpoint } from '../contract/schemas/endpoint.ts';

/**
 * The mapping an endpoint runs on: its own, or where on-demand.io's models are left to us the names that clients know them by.
 * They come on top of what its live list says.
 */
export function mappingOf({
  kind,
  models,
  modelMapping,
}: Pick<Endpoint, 'kind' | 'models' | 'modelMapping'>): Readonly<Record<string, string>> {
  const unnamed = models.length === 0 && Object.keys(modelMapping).length === 0;
  return kind === 'ondemand' && unnamed ? ondemandModelMapping() : modelMapping;
}
