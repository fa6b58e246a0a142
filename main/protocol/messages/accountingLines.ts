// Claude Code heads its system prompt with lines for Anthropic's own accounting, `x-anthropic-billing-header: …`, with another number
// in each request. They tell a model nothing, and whoever keeps prompts by their beginning would keep none of its.
import { isFields } from '../hub/reader.ts';

const lines = /^(?:\s*x-anthropic-[\w-]+:[^\n]*(?:\n|$))+\s*/i;

/** What such a line is called where it is told that it was left out. */
export const accountingLine = 'x-anthropic-billing-header';

/** `system` of a request, a text or a list of blocks, without them; the very same value where there are none. */
export function withoutAccounting(system: unknown): unknown {
  if (typeof system === 'string') return lines.test(system) ? system.replace(lines, '') || [] : system;
  if (!Array.isArray(system)) return system;
  const [first, ...rest] = system as unknown[];
  if (!isFields(first) || typeof first.text !== 'string' || !lines.test(first.text)) return system;
  const text = first.text.replace(lines, '');
  return text === '' ? rest : [{ ...first, text }, ...rest];
}
