// The models of on-demand.io that are known by name. Which of them it serves changes within weeks: its own list, where an account
// can read it, is right where this table is not. Nothing of the schemas, and no zod, comes in here: the window reads it too.

export interface OndemandModel {
  /** What clients ask for. */
  readonly name: string;
  /** What on-demand.io calls it. */
  readonly endpointId: string;
  /** It was served on 2026-09-18. */
  readonly active: boolean;
}

const predefined = 'predefined-';

/** By what follows `predefined-`. Several names: the first is its own, the others are those under which people know it too. */
const retired: Readonly<Record<string, readonly string[]>> = {
  'openai-gpt4o': ['gpt-4o'],
  'openai-gpt4o-mini': ['gpt-4o-mini'],
  'openai-gpt4.1': ['gpt-4.1', 'gpt-4-turbo'],
  'openai-gpt4.1-mini': ['gpt-4.1-mini'],
  'openai-gpt4.1-nano': ['gpt-4.1-nano'],
  'openai-gpto3-mini': ['o3-mini', 'gpto3-mini', 'gpt-o3-mini', 'gpt-3.5-turbo'],
  'openai-gpto3': ['o3'],
  'openai-gpto4-mini': ['o4-mini'],
  'claude-3.7-sonnet': ['claude-3.7-sonnet', 'claude-3.5-sonnet'],
  'claude-3-opus': ['claude-3-opus'],
  'claude-3-haiku': ['claude-3-haiku'],
  'claude-4-sonnet': ['claude-4-sonnet'],
  'claude-4-opus': ['claude-4-opus'],
  'gemini-2.0-flash': ['gemini-2.0-flash', 'gemini-1.5-pro'],
  'gemini-2.5-pro-preview': ['gemini-2.5-pro'],
  'gemini-2.5-flash': ['gemini-2.5-flash'],
  'deepseek-v3': ['deepseek-v3'],
  'deepseek-r1': ['deepseek-r1'],
  'deepseek-r1-distill-llama-70b': ['deepseek-r1-distill-llama-70b'],
  'xai-grok4': ['grok-4'],
  'xai-grok4.1-fast': ['grok-4.1-fast'],
};

/** Known by their ids alone, which make good names. */
const served: readonly string[] = [
  'gpt-6-astra',
  'gpt-5.6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
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

/** One row a name; those that are served come first. */
export const ondemandModels: readonly OndemandModel[] = [
  ...served.map((name) => ({ name, endpointId: predefined + name, active: true })),
  ...Object.entries(retired).flatMap(([id, names]) =>
    names.map((name) => ({ name, endpointId: predefined + id, active: false })),
  ),
];

/** Client name -> endpointId, for presets and for endpoints that name neither models nor a mapping of their own. */
export function ondemandModelMapping(): Record<string, string> {
  return Object.fromEntries(ondemandModels.map(({ name, endpointId }) => [name, endpointId]));
}
