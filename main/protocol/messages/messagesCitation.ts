import { type Fields, isFields } from '../hub/reader.ts';
import type { Citation } from '../hub/turn.ts';

const textOf = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * A citation of a text block. `range` is the block's place in the whole answer, in UTF-16 units: Anthropic cites with whole blocks.
 * Null for what is no citation.
 */
export function readCitation(
  value: unknown,
  range: { start: number; end: number } | null = null,
): Citation | null {
  if (!isFields(value)) return null;
  return {
    url: textOf(value, 'url') ?? textOf(value, 'source'),
    title: textOf(value, 'title') ?? textOf(value, 'document_title'),
    quote: textOf(value, 'cited_text'),
    start: range?.start ?? null,
    end: range?.end ?? null,
  };
}

export function readCitations(
  list: unknown,
  range: { start: number; end: number } | null = null,
): Citation[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => readCitation(item, range)).filter((citation) => citation !== null);
}

/** What has a URL becomes a web result, what has none a place in the first document: clients show title and words of both. */
export function writeCitation({ url, title, quote }: Citation): Record<string, unknown> {
  const cited_text = quote ?? '';
  if (url !== null)
    return { type: 'web_search_result_location', url, title, cited_text, encrypted_index: '' };
  return {
    type: 'char_location',
    document_index: 0,
    document_title: title,
    cited_text,
    start_char_index: 0,
    end_char_index: cited_text.length,
    file_id: null,
  };
}
