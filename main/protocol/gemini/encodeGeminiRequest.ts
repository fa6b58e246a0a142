// The hub -> a request that Gemini takes (v1beta, generateContent). The model stands in the path, and so does whether it streams.
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import type { Turn } from '../hub/turn.ts';
import { encodeConfig } from './encodeGeminiConfig.ts';
import { encodeContents } from './encodeGeminiContents.ts';
import { encodeTools } from './encodeGeminiTools.ts';
import { camelName } from './geminiFields.ts';
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

/** Leaves out what this upstream was found to refuse: a member of the body or of its generationConfig. */
function withoutRefused(body: Body, generationConfig: Body, quirks: ReadonlySet<string>) {
  const refused = [...quirks]
    .filter((quirk) => quirk.startsWith('drop:'))
    .map((quirk) => camelName(quirk.slice('drop:'.length)));
  const kept = (fields: Body) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.includes(name)));
  const repairs = refused
    .filter((name) => name in body || name in generationConfig)
    .map((name) => `left out ${name}`);
  const config = kept(generationConfig);
  return {
    body: kept({ ...body, ...(Object.keys(config).length > 0 ? { generationConfig: config } : {}) }),
    repairs,
  };
}

/** Custom tools must have been turned into functions before. Throws CannotHoldError. */
export function encodeGeminiRequest(turn: Turn, { model: name, quirks }: EncodeTarget): EncodedRequest {
  const model = geminiModel(name);
  const plain = quirks.has('plain-schemas');
  const { systemInstruction, contents, repairs } = encodeContents(turn, {
    model,
    noSystem: model.gemma || quirks.has('no-system-role'),
    noReplay: quirks.has('no-thinking-replay'),
  });
  const tools = encodeTools(turn, plain);
  const config = encodeConfig(turn, model, plain);
  const tier = writeTier(turn.serviceTier);
  const whole = {
    contents,
    ...(systemInstruction ? { systemInstruction } : {}),
    ...tools.body,
    ...tier.body,
  };
  const written = withoutRefused(whole, config.generationConfig, quirks);
  const simplified =
    plain && (turn.tools.length > 0 || turn.output?.type === 'schema') ? ['simplified tool schemas'] : [];
  return {
    body: written.body,
    dropped: [...tools.dropped, ...config.dropped, ...tier.dropped],
    repairs: [...repairs, ...config.repairs, ...simplified, ...written.repairs],
  };
}
