import type { Fields } from '../hub/reader.ts';

/** The client is from before there were tools: it reads `function_call`, and one call at most. */
export function asksWithFunctions(body: Fields): boolean {
  return Array.isArray(body.functions) && body.functions.length > 0 && !Array.isArray(body.tools);
}
