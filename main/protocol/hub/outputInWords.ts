// Asks for the form of an answer in words, for upstreams that can't be told of it otherwise.
import type { JsonObject, OutputFormat, Turn } from './turn.ts';

const alone = 'and with nothing else: no Markdown, no words before or after it.';

/** `repair` says for the record what was done. */
export function outputInWords(output: OutputFormat): { words: string; repair: string } {
  if (output.type === 'json')
    return { words: `Answer with one JSON object ${alone}`, repair: 'asked for JSON in words' };
  const what = output.description ? ` (${output.description})` : '';
  return {
    words: `Answer with one JSON value${what} that satisfies this JSON Schema, ${alone}\n${JSON.stringify(output.schema)}`,
    repair: 'asked for the JSON schema in words',
  };
}

/** The same turn with the form of its answer asked for in a system message, and nowhere else. */
export function askInWords(turn: Turn, output: OutputFormat): { turn: Turn; repair: string } {
  const { words, repair } = outputInWords(output);
  const asked = { role: 'system', parts: [{ type: 'text', text: words }] } as const;
  return { turn: { ...turn, output: null, messages: [asked, ...turn.messages] }, repair };
}

/** OpenAI holds its models to objects alone: lists, choices and references at the top are refused (Gemini's clients ask for lists). */
export const isObjectSchema = (schema: JsonObject): boolean =>
  schema.type === 'object' && !('anyOf' in schema);
