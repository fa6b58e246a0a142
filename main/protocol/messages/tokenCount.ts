// POST /v1/messages/count_tokens: a request's tokens without an answer (MessageCountTokensParams of Anthropic's SDK).
import type { JsonObject } from '../hub/turn.ts';

const counted = new Set([
  'model',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'cache_control',
  'speed',
  'mcp_servers',
  'context_management',
]);

/** The request's body without the members that the endpoint refuses: max_tokens, stream, temperature and so on. */
export function tokenCountBody(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => counted.has(name)));
}

/** Tokens of the input; null where the answer tells none. */
export function readTokenCount(body: JsonObject): number | null {
  const { input_tokens: tokens } = body;
  return typeof tokens === 'number' && Number.isFinite(tokens) && tokens >= 0 ? tokens : null;
}
