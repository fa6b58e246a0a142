/** What is known of a model by its upstream name, from the data package and the user's overrides. USD per million tokens. */
export interface ModelFacts {
  inputUsdPerMTok: number | null;
  outputUsdPerMTok: number | null;
  cachedInputUsdPerMTok: number | null;
  contextTokens: number | null;
}
