// Routing's own plan for a name, as a window shows it.
import type { ModelPreview } from '../../contract/schemas/models.ts';
import type { ModelFacts } from '../../registry/modelFacts.ts';
import type { Snapshot } from '../../registry/snapshot.ts';
import type { PreviewRoute } from '../../routing/previewRoute.ts';

export function modelPreview(
  snapshot: Snapshot,
  model: string,
  previewRoute: PreviewRoute,
  facts: (upstreamModel: string) => ModelFacts,
): ModelPreview {
  const { routes, plan } = previewRoute(snapshot, model);
  const { strategy, maxAttempts } = snapshot.settings.routing;
  const upstreamModels = new Set(routes.map((route) => route.upstreamModel));
  return {
    strategy,
    maxAttempts,
    candidates: plan.candidates.map(({ endpoint, account, upstreamModel, held }) => ({
      endpointId: endpoint.id,
      accountId: account.id,
      upstreamModel,
      priority: endpoint.priority,
      held,
    })),
    skipped: [...plan.skipped],
    known: [...upstreamModels].map((upstreamModel) => {
      const { contextTokens, inputUsdPerMTok, outputUsdPerMTok } = facts(upstreamModel);
      return { upstreamModel, contextTokens, inputUsdPerMTok, outputUsdPerMTok };
    }),
  };
}
