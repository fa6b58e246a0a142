// The hub -> a request that Gemini takes (v1beta, generateContent). The model stands in the path, and so does whether it streams.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import type { Turn } from '../hub/turn.ts';
import { encodeConfig } from './encodeGeminiConfig.ts';
import { encodeContents } from './encodeGeminiContents.ts';
import { encodeTools } from './encodeGeminiTools.ts';
import { geminiModel } from './geminiModel.ts';

type Body = Record<string, unknown>;

/** Source: ServiceTier of @google/genai. `auto` is what happens anyway. */
const tiers: Readonly<Record<string, string>> = { default: 'standard', flex: 'flex', priority: 'priority' };

function writeTier(tier: string | null): { body: Body; dropped: string[] } {
  if (tier === null || tier === 'auto') return { body: {}, dropped: [] };
  const serviceTier = tiers[tier];
  return serviceTier === undefined
    ? { body: {}, dropped: ['service_tier'] }
    : { body: { serviceTier }, dropped: [] };
}

/** Custom tools must have been turned into functions before. Throws CannotHoldError. */
export function encodeGeminiRequest(turn: Turn, { model: name }: EncodeTarget): EncodedRequest {
  const model = geminiModel(name);
  const { systemInstruction, contents, repairs } = encodeContents(turn, model);
  const tools = encodeTools(turn);
  const config = encodeConfig(turn, model);
  const tier = writeTier(turn.serviceTier);
  const { generationConfig } = config;
  const body = {
    contents,
    ...(systemInstruction ? { systemInstruction } : {}),
    ...tools.body,
    ...tier.body,
    ...(Object.keys(generationConfig).length > 0 ? { generationConfig } : {}),
  };
  return {
    body,
    dropped: inClientNames(turn, [...tools.dropped, ...config.dropped, ...tier.dropped]),
    repairs: [...repairs, ...config.repairs],
  };
}
