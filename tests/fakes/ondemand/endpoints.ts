// The models of the service as one account saw them on 2026-09-18, and the two lists that tell of them.

export interface EmulatedEndpoint {
  readonly id: string;
  readonly active: boolean;
  /** Thinks aloud before it answers. Which models do so is the emulator's choice. */
  readonly reasons: boolean;
}

const active = [
  'gpt-5.6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
  'gpt-6-astra',
  'claude-opus-5',
  'claude-sonnet-5',
  'claude-fable-5.1',
  'claude-4-5-haiku',
  'gemini-3.8-flash',
  'deepseek-v4-pro',
  'deepseek-v4-flash',
  'deepseek-flash',
  'deepseek-v4-flash-vision-exp',
  'kimi-k3',
  'kimi-k3-fast',
  'qwen-3.8-max',
  'cerebras-qwen-3.8-27b',
  'glm-5.3',
  'glm-5.3-flash',
  'minimax-m3',
  'muse_spark_1.3',
  'xai-grok4.6',
];

/** Listed, but no longer served. */
const inactive = [
  'openai-gpt4o',
  'openai-gpt4o-mini',
  'openai-gpt4.1',
  'openai-gpt4.1-mini',
  'openai-gpt4.1-nano',
  'openai-gpto3-mini',
  'openai-gpto3',
  'openai-gpto4-mini',
  'claude-4-sonnet',
  'claude-4-opus',
  'gemini-2.5-pro-preview',
  'gemini-2.5-flash',
  'deepseek-v3',
  'deepseek-r1',
  'deepseek-r1-distill-llama-70b',
  'xai-grok4.1-fast',
];

const reasoning = /gpt-5\.6-(sol|terra)|gpt-6|opus-5|deepseek-(v4-pro|r1)|kimi-k3$|gpto[34]/;

const activeIds: readonly string[] = active.map((name) => `predefined-${name}`);
const knownIds = [...activeIds, ...inactive.map((name) => `predefined-${name}`)];

/** `ids` are those that are active, instead of those of 2026-09; they may be new ones. */
export function emulatedEndpoints(ids: readonly string[] = activeIds): EmulatedEndpoint[] {
  return [...new Set([...knownIds, ...ids])].map((id) => ({
    id,
    active: ids.includes(id),
    reasons: reasoning.test(id),
  }));
}

function listed({ id, active: served, reasons }: EmulatedEndpoint) {
  const name = id.replace(/^predefined-/, '');
  return {
    endpoint_id: id,
    endpoint_name: name,
    endpoint_type: id.startsWith('byoi-') ? 'byoi' : 'predefined',
    model_id: name,
    status: served ? 'active' : 'inactive',
    is_premium: false,
    reasoning_efforts: reasons ? ['low', 'medium', 'max'] : [],
    context_length: 128_000,
    streaming_supported: true,
  };
}

/** What stands around the list of endpoints was never recorded. */
export type ListEnvelope = 'array' | 'data' | 'endpoints';

export function endpointList(endpoints: readonly EmulatedEndpoint[], envelope: ListEnvelope): unknown {
  const rows = endpoints.map(listed);
  return envelope === 'array' ? rows : { [envelope]: rows };
}

export const reasoningModes = {
  reasoningModes: {
    predefined: ['flash', 'low', 'medium', 'high'].map((modeId, index) => ({
      modeId,
      modeName: modeId,
      modelName: activeIds[index],
      rank: index + 1,
    })),
    userdefined: [],
  },
};
