import { coveredBy, splitRules } from '../contract/modelRules.ts';
import { ondemandModelMapping } from '../contract/ondemandModels.ts';
import type { Endpoint } from '../contract/schemas/endpoint.ts';

/**
 * The mapping an endpoint runs on: its own, or where on-demand.io's models are left to us the names that clients know them by.
 * They come on top of what its live list says, but for those that `models` leaves out: nobody wrote them down.
 */
export function mappingOf({
  kind,
  models,
  modelMapping,
}: Pick<Endpoint, 'kind' | 'models' | 'modelMapping'>): Readonly<Record<string, string>> {
  const { named, excluded } = splitRules(models);
  if (kind !== 'ondemand' || named.length > 0 || Object.keys(modelMapping).length > 0) return modelMapping;
  const known = Object.entries(ondemandModelMapping());
  return Object.fromEntries(known.filter(([name]) => coveredBy(excluded, name) === null));
}
