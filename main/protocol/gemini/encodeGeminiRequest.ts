// The hub -> a request that Gemini takes (v1beta, generateContent). The model stands in the path, and so does whether it streams.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import { askInWords } from '../hub/outputInWords.ts';
import { pairedCalls } from '../hub/pairedCalls.ts';
import type { Turn } from '../hub/turn.ts';
import { encodeConfig } from './encodeGeminiConfig.ts';
import { encodeContents } from './encodeGeminiContents.ts';
import { encodeTools } from './encodeGeminiTools.ts';
import { type GeminiModel, geminiModel } from './geminiModel.ts';

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

/** Before Gemini 3 an answer is held to JSON only where there are no functions: both at once are refused. */
function formOrTools(turn: Turn, { generation }: GeminiModel): { turn: Turn; repairs: string[] } {
  const { output, tools } = turn;
  const both = output !== null && tools.some(({ kind }) => kind === 'function');
  if (!both || generation === null || generation >= 3) return { turn, repairs: [] };
  const { turn: asked, repair } = askInWords(turn, output);
  return { turn: asked, repairs: [repair] };
}

/** Custom tools must have been turned into functions before. Throws CannotHoldError. */
export function encodeGeminiRequest(given: Turn, { model: name }: EncodeTarget): EncodedRequest {
  const model = geminiModel(name);
  const { turn: paired, repairs: answered } = pairedCalls(given);
  const { turn, repairs: asked } = formOrTools(paired, model);
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
    repairs: [...asked, ...answered, ...repairs, ...config.repairs],
  };
}
