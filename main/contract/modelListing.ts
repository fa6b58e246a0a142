/** One model as its endpoint lists it. What the endpoint does not say is null. */
export interface ModelListing {
  readonly id: string;
  /** Display name. */
  readonly name: string | null;
  readonly contextTokens: number | null;
  readonly outputTokens: number | null;
  /** `text`, `image`, `audio`, `file` … */
  readonly inputModalities: readonly string[] | null;
  /** In OpenRouter's words: `tools`, `reasoning`, `structured_outputs` … */
  readonly supportedParameters: readonly string[] | null;
}

/** A listing of which nothing but the id is known. */
export function plainListing(id: string): ModelListing {
  return {
    id,
    name: null,
    contextTokens: null,
    outputTokens: null,
    inputModalities: null,
    supportedParameters: null,
  };
}
