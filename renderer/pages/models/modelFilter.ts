// Decides which models a search leaves in the list.
import type { ModelView } from '../../../main/contract/schemas/models.ts';

export interface ModelQuery {
  text: string;
  endpointId: string | null;
}

/** Every word of the search must stand in the name or in what an endpoint calls it. */
export function filterModels(models: readonly ModelView[], { text, endpointId }: ModelQuery): ModelView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ id, routes }) => {
    const served = endpointId === null ? routes : routes.filter((route) => route.endpointId === endpointId);
    if (served.length === 0) return false;
    const names = [id, ...served.map((route) => route.upstreamModel)].join('\n').toLowerCase();
    return words.every((word) => names.includes(word));
  });
}
