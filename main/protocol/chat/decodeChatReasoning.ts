// What a chat client wants of the model's reasoning, in OpenAI's spelling and in those of the providers whose clients speak chat.
import { type Fields, isFields, optionalText } from '../hub/reader.ts';
import { type Effort, efforts, type ReasoningWish } from '../hub/turn.ts';

/** The members of a request that say it. */
export const reasoningMembers = [
  'reasoning_effort',
  'reasoning',
  'thinking',
  'enable_thinking',
  'thinking_budget',
  'include_reasoning',
  'chat_template_kwargs',
  'extra_body',
] as const;

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : null;
const booleanOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

const effortOfWord = (word: unknown): Effort | null => efforts.find((effort) => effort === word) ?? null;

/** `thinking.type`: DeepSeek, GLM and Kimi say enabled or disabled; Anthropic's clients say adaptive too. */
const switches: Readonly<Record<string, boolean>> = {
  enabled: true,
  adaptive: true,
  auto: true,
  disabled: false,
};

function switchOf(type: unknown): boolean | null {
  return typeof type === 'string' && Object.hasOwn(switches, type) ? (switches[type] ?? null) : null;
}

/** Null where the request says nothing of it. Throws GatewayError `invalid_request` where `reasoning_effort` is no string. */
export function decodeChatReasoning(body: Fields): ReasoningWish | null {
  // OpenRouter: {effort, max_tokens, enabled, exclude}.
  const reasoning = fieldsOf(body.reasoning);
  const thinking = fieldsOf(body.thinking);
  // Gemini's OpenAI surface takes its own thinking options below extra_body.google.
  const google = fieldsOf(fieldsOf(fieldsOf(body.extra_body).google).thinking_config);
  const template = fieldsOf(body.chat_template_kwargs);

  const word = optionalText(body, 'reasoning_effort') ?? reasoning.effort ?? google.thinking_level;
  const enabled =
    booleanOf(reasoning.enabled) ??
    switchOf(thinking.type) ??
    booleanOf(body.enable_thinking) ??
    booleanOf(template.enable_thinking) ??
    booleanOf(template.thinking);
  const budgetTokens =
    numberOf(reasoning.max_tokens) ??
    numberOf(thinking.budget_tokens) ??
    numberOf(body.thinking_budget) ??
    numberOf(google.thinking_budget);
  const hidden = booleanOf(reasoning.exclude);
  const visible =
    hidden === null
      ? (booleanOf(body.include_reasoning) ?? booleanOf(google.include_thoughts))
      : hidden === false;

  const effort = effortOfWord(word) ?? (enabled === false ? 'none' : null);
  const adaptive = effort === null && budgetTokens === null && (enabled === true || word === 'auto');
  if (effort === null && budgetTokens === null && !adaptive && visible === null) return null;
  return { effort, budgetTokens: effort === 'none' ? null : budgetTokens, adaptive, visible };
}
