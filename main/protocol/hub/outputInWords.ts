// Asks for the form of an answer in words, for upstreams that can't be told of it otherwise.
import type { OutputFormat } from './turn.ts';

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
