import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../main/protocol/dialect.ts';
import { findQuirk, findQuirks } from '../../../main/upstream/findQuirk.ts';
import type { Quirk } from '../../../main/upstream/quirk.ts';

const quirks = (text: string, dialect: DialectName = 'chat', known: Quirk[] = []): Quirk[] =>
  findQuirks(text, { dialect, known: new Set(known) });

/** The body such a message comes in. */
const whole = (message: string): string =>
  JSON.stringify({
    error: { message, type: 'invalid_request_error', param: null, code: 'unsupported_value' },
  });

describe('what upstreams refuse, in their own words', () => {
  it.each<[DialectName, string, Quirk[]]>([
    // OpenAI and Azure
    [
      'chat',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ['max-completion-tokens'],
    ],
    [
      'chat',
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      ['drop:temperature'],
    ],
    ['chat', "Unsupported parameter: 'top_p' is not supported with this model.", ['drop:top_p']],
    [
      'chat',
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
      ['efforts:low,medium,high'],
    ],
    ['chat', 'Unrecognized request argument supplied: reasoning_effort', ['drop:reasoning_effort']],
    [
      'chat',
      'Unrecognized request arguments supplied: seed, top_logprobs',
      ['drop:seed', 'drop:top_logprobs'],
    ],
    ['chat', "Unknown parameter: 'prompt_cache_key'.", ['drop:prompt_cache_key']],
    ['chat', 'Invalid service_tier argument', ['drop:service_tier']],
    [
      'chat',
      "Unsupported value: 'messages[0].role' does not support 'developer' with this model.",
      ['no-developer-role'],
    ],
    [
      'chat',
      "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
      ['no-system-role'],
    ],
    [
      'responses',
      "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
      ['drop:reasoning.effort'],
    ],
    [
      'responses',
      "Unsupported parameter: 'text.verbosity' is not supported with this model.",
      ['drop:text.verbosity'],
    ],
    [
      'responses',
      'Your organization must be verified to generate reasoning summaries. Please go to: https://platform.openai.com/settings/organization/general',
      ['drop:reasoning.summary'],
    ],
    ['responses', 'The encrypted content for item rs_68a could not be verified.', ['no-thinking-replay']],
    [
      'responses',
      "Item 'fc_68' of type 'function_call' was provided without its required 'reasoning' item: 'rs_68'.",
      ['no-thinking-replay'],
    ],
    // Mistral, vLLM and others built on pydantic
    [
      'chat',
      '{"detail":[{"type":"extra_forbidden","loc":["body","frequency_penalty"],"msg":"Extra inputs are not permitted","input":0.0},{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted","input":"u"}]}',
      ['drop:frequency_penalty', 'drop:user'],
    ],
    [
      'chat',
      '{"object":"error","message":"{\\"detail\\":[{\\"type\\":\\"extra_forbidden\\",\\"loc\\":[\\"body\\",\\"seed\\"],\\"msg\\":\\"Extra inputs are not permitted\\"}]}"}',
      ['drop:seed'],
    ],
    [
      'chat',
      "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted', 'input': {'include_usage': True}}]",
      ['no-stream-options'],
    ],
    [
      'chat',
      '1 validation error for ChatCompletionRequest\nparallel_tool_calls\n  Extra inputs are not permitted [type=extra_forbidden, input_value=True, input_type=bool]',
      ['drop:parallel_tool_calls'],
    ],
    [
      'chat',
      '{"detail":[{"loc":["body","logit_bias"],"msg":"extra fields not permitted","type":"value_error.extra"}]}',
      ['drop:logit_bias'],
    ],
    [
      'chat',
      '{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted","input":16}]}',
      ['max-tokens'],
    ],
    [
      'chat',
      'messages.1.assistant.reasoning_content: Extra inputs are not permitted',
      ['no-thinking-replay'],
    ],
    // Roles
    [
      'chat',
      "developer is not one of ['system', 'assistant', 'user', 'tool', 'function'] - 'messages.['0].role'",
      ['no-developer-role'],
    ],
    [
      'chat',
      "invalid parameter 'messages[0].role': invalid role 'developer', must be one of: system, user, assistant, tool",
      ['no-developer-role'],
    ],
    [
      'chat',
      "Input tag 'developer' found using 'role' does not match any of the expected tags: 'system', 'user', 'assistant', 'tool'",
      ['no-developer-role'],
    ],
    ['chat', 'chat template rejected the request: Unexpected message role.', ['no-developer-role']],
    ['chat', 'System role not supported', ['no-system-role']],
    ['chat', 'Conversation roles must alternate user/assistant/user/assistant/...', ['merge-roles']],
    [
      'chat',
      'After the optional system message, conversation roles must alternate user/assistant/user/assistant/...',
      ['merge-roles'],
    ],
    ['chat', 'System message must be at the beginning.', ['merge-roles']],
    ['messages', "messages.1.role: Input should be 'user' or 'assistant'", ['no-system-role']],
    [
      'messages',
      '{"errors":[{"loc":["body","messages",1,"role"],"msg":"Input should be \'user\' or \'assistant\'","type":"literal_error"}]}',
      ['no-system-role'],
    ],
    ['gemini', 'Developer instruction is not enabled for models/gemma-3-27b-it', ['no-system-role']],
    // Others who speak chat
    ['chat', "property 'store' is unsupported", ['drop:store']],
    ['chat', 'Argument not supported on this model: presencePenalty', ['drop:presencePenalty']],
    ['chat', '`logprobs` are not supported with this model', ['drop:logprobs']],
    ['chat', 'This model does not support parallel tool calls.', ['drop:parallel_tool_calls']],
    ['chat', 'unsupported field: stream_options', ['no-stream-options']],
    // Anthropic
    [
      'messages',
      '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
      ['drop:top_p'],
    ],
    ['messages', '`temperature` is deprecated for this model.', ['drop:temperature']],
    [
      'messages',
      '`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.',
      ['drop:temperature'],
    ],
    ['messages', '`top_k` must be unset when thinking is enabled or in adaptive mode.', ['drop:top_k']],
    ['messages', 'context_management: Extra inputs are not permitted', ['drop:context_management']],
    [
      'messages',
      'thinking.adaptive.display: Extra inputs are not permitted',
      ['drop:thinking.adaptive.display'],
    ],
    ['messages', 'This model does not support the effort parameter.', ['drop:output_config.effort']],
    ['messages', 'adaptive thinking is not supported on this model', ['drop:thinking']],
    [
      'messages',
      '`clear_thinking_20251015` strategy requires `thinking` to be enabled or adaptive',
      ['drop:context_management'],
    ],
    [
      'messages',
      'Unexpected value(s) `context-1m-2025-08-07` for the `anthropic-beta` header.',
      ['drop:anthropic-beta'],
    ],
    ['messages', 'messages.1.content.0: Invalid `signature` in `thinking` block', ['no-thinking-replay']],
    [
      'messages',
      'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.',
      ['no-thinking-replay'],
    ],
    [
      'messages',
      'messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
      ['no-thinking-replay'],
    ],
    // Gemini
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "additionalProperties" at \'tools[0].function_declarations[0].parameters\': Cannot find field.\nInvalid JSON payload received. Unknown name "$schema" at \'tools[0].function_declarations[1].parameters\': Cannot find field.',
      ['plain-schemas'],
    ],
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "type" at \'tools[0].function_declarations[9].parameters.properties[4].value\': Proto field is not repeating, cannot start list.',
      ['plain-schemas'],
    ],
    [
      'gemini',
      '* GenerateContentRequest.tools[0].function_declarations[0].parameters.properties[list].items: missing field.',
      ['plain-schemas'],
    ],
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "const" at \'generation_config.response_schema.properties[0].value\': Cannot find field.',
      ['plain-schemas'],
    ],
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "seed" at \'generation_config\': Cannot find field.',
      ['drop:generationConfig.seed'],
    ],
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "thinkingLevel" at \'generation_config.thinking_config\': Cannot find field.',
      ['drop:generationConfig.thinking_config.thinkingLevel'],
    ],
    ['gemini', 'Unknown name "labels": Cannot find field.', ['drop:labels']],
    ['gemini', 'Function call is missing a thought_signature in functionCall parts.', ['no-thinking-replay']],
    [
      'gemini',
      'Penalty is not enabled for this model: presencePenalty is not supported',
      ['drop:generationConfig.presencePenalty'],
    ],
  ])('%s: %s', (dialect, text, expected) => {
    expect(quirks(text, dialect)).toEqual(expected);
    expect(findQuirk(text, { dialect, known: new Set() })).toBe(expected[0]);
    expect(quirks(whole(text), dialect)).toEqual(expected);
  });
});

describe('what is the caller’s to mend', () => {
  it.each<[DialectName, string]>([
    ['chat', 'The model `x` does not exist'],
    ['chat', "Unsupported parameter: 'tools' is not supported with this model."],
    ['chat', "Unknown parameter: 'input[0].id'."],
    ['chat', "Invalid value: 'auto'. tool_choice is not supported"],
    ['chat', "Unsupported value: 'stream' does not support true with this model."],
    ['chat', "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 5 instead."],
    ['chat', "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens."],
    ['chat', "'response_format' of type 'json_schema' is not supported with this model"],
    ['chat', 'messages.0.user.name: Extra inputs are not permitted'],
    ['chat', "An assistant message with 'tool_calls' must be followed by tool messages"],
    ['chat', 'Image input is not supported by this model'],
    ['chat', 'Unrecognized request argument supplied: n'],
    ['messages', 'messages.2.content.0.tool_use.id: String should match pattern'],
    ['messages', 'tools.0.custom.input_schema: Field required'],
    ['messages', 'max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens'],
    ['messages', '`max_tokens` must be greater than `thinking.budget_tokens`.'],
    ['messages', 'output_config.format: Extra inputs are not permitted'],
    [
      'gemini',
      'Invalid JSON payload received. Unknown name "foo" at \'contents[0].parts[0]\': Cannot find field.',
    ],
    ['gemini', 'Please use a valid role: user, model.'],
  ])('%s: %s', (dialect, text) => {
    expect(quirks(text, dialect)).toEqual([]);
    expect(findQuirk(text, { dialect, known: new Set() })).toBeNull();
    expect(quirks(whole(text), dialect)).toEqual([]);
  });
});

it.each<[DialectName, string, number]>([
  [
    'chat',
    'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
    16_384,
  ],
  ['chat', 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8_192],
  ['chat', '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]', 8_192],
  [
    'chat',
    '`max_completion_tokens` must be less than or equal to `32768`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model',
    32_768,
  ],
  [
    'gemini',
    'Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value and try again.',
    65_536,
  ],
])('learns how long an answer may be over %s: %s', (dialect, text, most) => {
  expect(quirks(text, dialect)).toEqual([`most-tokens:${most}`]);
});

describe('an effort that is not taken, where others are', () => {
  const refused = (param: string, message: string) =>
    JSON.stringify({ error: { message, type: 'invalid_request_error', param, code: 'unsupported_value' } });
  const max =
    "Unsupported value: 'max' is not supported with the 'gpt-5.2' model. Supported values are: 'none', 'low', 'medium', 'high', and 'xhigh'.";

  it.each<[DialectName, string, Quirk[]]>([
    ['chat', refused('reasoning_effort', max), ['efforts:none,low,medium,high,xhigh']],
    ['responses', refused('reasoning.effort', max), ['efforts:none,low,medium,high,xhigh']],
    [
      'chat',
      `1 validation error: {'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': "Input should be 'low', 'medium' or 'high'", 'input': 'max'}`,
      ['efforts:low,medium,high'],
    ],
    [
      'chat',
      'Failed to deserialize: reasoning_effort: unknown variant `max`, expected one of `low`, `medium`, `high`',
      ['efforts:low,medium,high'],
    ],
    [
      'messages',
      "output_config.effort: Input should be 'low', 'medium' or 'high'",
      ['efforts:low,medium,high'],
    ],
    // Verbosity is told in the same words.
    [
      'responses',
      refused(
        'text.verbosity',
        "Unsupported value: 'low' is not supported with the 'gpt-5-codex' model. Supported values are: 'medium'.",
      ),
      ['drop:text.verbosity'],
    ],
  ])('%s: %s', (dialect, text, found) => {
    expect(quirks(text, dialect)).toEqual(found);
  });

  it('is left out where the others were no help', () => {
    const known: Quirk[] = ['efforts:none,low,medium,high,xhigh'];
    expect(quirks(refused('reasoning_effort', max), 'chat', known)).toEqual(['drop:reasoning_effort']);
  });
});

it('does not find again what is known and did not help', () => {
  const text = 'Unrecognized request arguments supplied: seed, user';
  expect(quirks(text, 'chat', ['drop:seed'])).toEqual(['drop:user']);
  expect(quirks(text, 'chat', ['drop:seed', 'drop:user'])).toEqual([]);
});

it('takes a refusal in a relay’s string for what it is', () => {
  const inner = JSON.stringify({
    error: { message: 'Unknown name "seed" at \'generation_config\': Cannot find field.' },
  });
  expect(quirks(JSON.stringify({ error: { message: inner } }), 'gemini')).toEqual([
    'drop:generationConfig.seed',
  ]);
});
