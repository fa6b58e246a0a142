import type { ModelListing } from '../contract/modelListing.ts';
import type { CheckEvent } from '../contract/schemas/check.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';

export interface Diagnosis {
  /** The upstream's name of the model to try; null = one of its own. */
  readonly model: string | null;
  tell(event: CheckEvent): void;
  readonly signal?: AbortSignal | undefined;
}

/** Asks an endpoint about itself, outside the traffic of clients: costs no limit and moves no breaker. */
export interface Probe {
  /** The endpoint's own model list, sorted by id, each once. Throws UpstreamError with the upstream's words. */
  listModels(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    signal?: AbortSignal,
  ): Promise<ModelListing[]>;
  /**
   * The doctor: the way to the endpoint once, then each of these accounts. Tells each step as it happens, and where one fails
   * what can be done about it. Never throws for what the upstream does.
   */
  diagnose(
    endpoint: CompiledEndpoint,
    accounts: readonly CompiledAccount[],
    diagnosis: Diagnosis,
  ): Promise<void>;
}
