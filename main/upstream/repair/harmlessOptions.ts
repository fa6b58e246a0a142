// Which options may be left out of a request without changing what was asked: nothing the model is told, may do or must return.

/** Upstreams and clients write one name as `top_p` and `topP`. */
export const plainName = (name: string): string => name.replace(/[_-]/g, '').toLowerCase();

const sampling = [
  ...['temperature', 'top_p', 'top_k', 'top_a', 'min_p', 'typical_p', 'tfs_z', 'seed', 'random_seed'],
  ...[
    'presence_penalty',
    'frequency_penalty',
    'repetition_penalty',
    'logit_bias',
    'logprobs',
    'top_logprobs',
  ],
];

const top = [
  ...sampling,
  ...['stream_options', 'parallel_tool_calls', 'user', 'store', 'metadata', 'client_metadata', 'labels'],
  ...[
    'service_tier',
    'speed',
    'prediction',
    'prompt_cache_key',
    'prompt_cache_retention',
    'safety_identifier',
  ],
  ...['reasoning', 'reasoning_effort', 'reasoning_format', 'include_reasoning', 'verbosity', 'include'],
  ...['thinking', 'enable_thinking', 'thinking_budget', 'chat_template_kwargs', 'context_management'],
  ...['truncation', 'cache_control', 'usage', 'anthropic-beta'],
];

/** Members of members, by the member they stand in. */
const nested: Readonly<Record<string, readonly string[]>> = {
  output_config: ['effort'],
  text: ['verbosity'],
  generationConfig: [
    ...['responseLogprobs', 'thinkingConfig', 'mediaResolution', 'enableAffectiveDialog'],
    ...sampling,
  ],
};

/** All of them as paths: `temperature`, `generationConfig.thinkingConfig`, `output_config.effort`. */
export const harmlessPaths: readonly string[] = [
  ...top,
  ...Object.entries(nested).flatMap(([parent, names]) => names.map((name) => `${parent}.${name}`)),
];

const plainPaths = new Set(harmlessPaths.map(plainName));

/** `path` in any spelling. What may be left out whole may be left out in part too. */
export function isHarmless(path: string): boolean {
  const [first = '', second] = path.split('.').map(plainName);
  return plainPaths.has(first) || plainPaths.has(`${first}.${second}`);
}
