import type { ModelListing } from '../contract/modelListing.ts';
import type { CheckReport } from '../contract/schemas/views.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';

/** Asks an endpoint about itself, outside the traffic of clients: costs no limit and moves no breaker. */
export interface Probe {
  /** The endpoint's own model list, sorted by id, each once. Throws UpstreamError with the upstream's words. */
  listModels(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    signal?: AbortSignal,
  ): Promise<ModelListing[]>;
  /** Credential, model list, one tiny completion, one tiny stream. Never throws for what the upstream does. */
  check(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    model: string | null,
    signal?: AbortSignal,
  ): Promise<CheckReport>;
}
