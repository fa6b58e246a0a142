// How calls of tools and their results are written where the protocol has no place for them. Models see their own earlier calls
// in the same spelling, which keeps them to it.
import type { ToolCallPart } from '../hub/turn.ts';

/** Not among the tags that models were trained to call tools with: servers and models treat those in ways of their own. */
export const callTag = 'run_tool';
export const callEnd = `</${callTag}>`;

/** The same text for the same call, whoever wrote the JSON: clients write it anew. */
function canonical(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json.trim() === '' ? '{}' : json));
  } catch {
    return json;
  }
}

export function writeCall({ name, kind, arguments: given }: ToolCallPart): string {
  const json = kind === 'custom' ? JSON.stringify({ input: given }) : canonical(given);
  return `<${callTag} name="${name}">${json}${callEnd}`;
}

/** `number`: which of several calls of one answer it belongs to; null where there was but one. */
export function writeResult(
  { name, number, isError }: { name: string; number: number | null; isError: boolean },
  text: string,
): string {
  const call = number === null ? '' : ` call="${number}"`;
  return `<tool_result name="${name}"${call}${isError ? ' status="failed"' : ''}>\n${text}\n</tool_result>`;
}
