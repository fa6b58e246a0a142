// Citations as chat tells them: `annotations` of type url_citation.
import { isFields } from '../hub/reader.ts';
import type { Citation } from '../hub/turn.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const placeOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;

/** Other kinds of annotations are skipped. */
export function readAnnotations(annotations: unknown): Citation[] {
  if (!Array.isArray(annotations)) return [];
  return annotations.flatMap((annotation: unknown): Citation[] => {
    const cited = isFields(annotation) ? annotation.url_citation : null;
    if (!isFields(cited)) return [];
    const url = textOf(cited.url);
    if (url === null) return [];
    return [
      {
        url,
        title: textOf(cited.title),
        quote: textOf(cited.content),
        start: placeOf(cited.start_index),
        end: placeOf(cited.end_index),
      },
    ];
  });
}

/** Null where the source has no address, which chat insists on. `behind`: where the text ends that has been said so far. */
export function writeAnnotation(citation: Citation, behind: number) {
  const { url, title, start, end } = citation;
  if (url === null) return null;
  return {
    type: 'url_citation' as const,
    url_citation: { start_index: start ?? behind, end_index: end ?? behind, title: title ?? url, url },
  };
}
