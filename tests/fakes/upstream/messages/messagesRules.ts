// What Anthropic refuses though its types allow it, in its own words: thinking must come back untouched, calls must be answered.
import { isObject, type Json, numberOrNull, objectOr, objectsIn, stringOr } from '../asked.ts';
import { seal } from '../seal.ts';
import { blocksOf } from './readMessages.ts';

const isThinking = ({ type }: Json) => type === 'thinking' || type === 'redacted_thinking';
const isCall = ({ type }: Json) => type === 'tool_use';
const isResult = ({ type }: Json) => type === 'tool_result';

function signatureRefusal(messages: readonly Json[]): string | null {
  for (const [index, message] of messages.entries()) {
    for (const [at, block] of blocksOf(message.content).entries()) {
      const forged =
        block.type === 'thinking' && block.signature !== seal('anthropic', String(block.thinking));
      if (forged) return `messages.${index}.content.${at}: Invalid \`signature\` in \`thinking\` block`;
    }
  }
  return null;
}

function callRefusal(messages: readonly Json[]): string | null {
  for (const [index, message] of messages.entries()) {
    const calls = blocksOf(message.content).filter(isCall);
    const next = blocksOf(messages[index + 1]?.content);
    const answered = new Set(next.filter(isResult).map(({ tool_use_id }) => tool_use_id));
    const open = calls.map(({ id }) => id).filter((id) => !answered.has(id));
    if (open.length > 0)
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
    const before = new Set(
      blocksOf(messages[index - 1]?.content)
        .filter(isCall)
        .map(({ id }) => id),
    );
    const stray = blocksOf(message.content)
      .filter(isResult)
      .find(({ tool_use_id }) => !before.has(tool_use_id));
    if (stray)
      return `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
  }
  return null;
}

/** Manual thinking wants its own thoughts back before the calls that came of them. */
function missingThoughts(json: Json, messages: readonly Json[]): string | null {
  if (objectOr(json.thinking).type !== 'enabled') return null;
  const index = messages.findLastIndex(({ role }) => role === 'assistant');
  const blocks = blocksOf(messages[index]?.content);
  const goesOn = blocksOf(messages.at(-1)?.content).some(isResult);
  const [first] = blocks;
  if (!goesOn || !first || isThinking(first)) return null;
  return `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). To avoid this requirement, disable \`thinking\`.`;
}

function thinkingRefusal(json: Json): string | null {
  const thinking = objectOr(json.thinking);
  if (thinking.type !== 'enabled' && thinking.type !== 'adaptive') return null;
  const budget = numberOrNull(thinking.budget_tokens);
  if (budget !== null && budget < 1024)
    return 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024';
  if (budget !== null && budget >= (numberOrNull(json.max_tokens) ?? 0))
    return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  if (['any', 'tool'].includes(stringOr(objectOr(json.tool_choice).type, '')))
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  const { temperature, top_k } = json;
  if (temperature !== undefined && temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled.';
  return top_k === undefined ? null : '`top_k` must be unset when thinking is enabled.';
}

function textRefusal(messages: readonly Json[]): string | null {
  for (const [index, message] of messages.entries()) {
    const blocks = blocksOf(message.content);
    const last = index === messages.length - 1;
    if (blocks.length === 0 && !(last && message.role === 'assistant'))
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    const empty = blocks.findIndex(({ type, text }) => type === 'text' && String(text).trim() === '');
    if (empty >= 0) return `messages.${index}.content.${empty}: text content blocks must be non-empty`;
  }
  return messages[0]?.role === 'assistant' ? 'messages: first message must use the "user" role' : null;
}

function markedWithin(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + markedWithin(item), 0);
  if (!isObject(value)) return 0;
  const own = value.cache_control ? 1 : 0;
  return own + markedWithin(value.content);
}

function openObject(schema: Json): boolean {
  const inner = [...Object.values(objectOr(schema.properties)), schema.items].filter(isObject);
  return (schema.type === 'object' && schema.additionalProperties !== false) || inner.some(openObject);
}

function schemaRefusal(json: Json): string | null {
  const format = objectOr(objectOr(json.output_config).format);
  return isObject(format.schema) && openObject(format.schema)
    ? "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
    : null;
}

export function messagesRefusal(json: Json): string | null {
  const messages = objectsIn(json.messages);
  const marks = [json.system, ...messages.map(({ content }) => content), json.tools].map(markedWithin);
  const count = marks.reduce((sum, one) => sum + one, 0);
  const badName = objectsIn(json.tools).findIndex(
    ({ name }) => name !== undefined && !/^[a-zA-Z0-9_-]{1,128}$/.test(String(name)),
  );
  return (
    textRefusal(messages) ??
    callRefusal(messages) ??
    missingThoughts(json, messages) ??
    signatureRefusal(messages) ??
    thinkingRefusal(json) ??
    schemaRefusal(json) ??
    (json.temperature !== undefined && json.top_p !== undefined
      ? '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'
      : null) ??
    (count > 4 ? `A maximum of 4 blocks with cache_control may be provided. Found ${count}.` : null) ??
    (badName >= 0
      ? `tools.${badName}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`
      : null)
  );
}
