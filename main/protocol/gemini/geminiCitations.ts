// Where an answer's words come from: `groundingMetadata` and `citationMetadata`, whose places are counted in bytes, both ways.
import type { Fields } from '../hub/reader.ts';
import type { Citation } from '../hub/turn.ts';
import { listOf, membersOf, textOf } from './geminiFields.ts';

interface Place {
  readonly start: number | null;
  readonly end: number | null;
}

const nowhere: Place = { start: null, end: null };

/** UTF-16 units before a place in the text's UTF-8 bytes; null where the text does not reach that far. */
function unitsAt(bytes: Buffer, at: unknown): number | null {
  if (typeof at !== 'number' || at < 0 || at > bytes.length) return null;
  return bytes.toString('utf8', 0, at).length;
}

function placeOf(segment: Fields, bytes: Buffer): Place {
  const end = unitsAt(bytes, segment.endIndex);
  // Proto JSON leaves a zero out.
  return end === null ? nowhere : { start: unitsAt(bytes, segment.startIndex ?? 0), end };
}

interface Source {
  readonly url: string | null;
  readonly title: string | null;
  readonly quote: string | null;
}

function sourceOf(value: unknown): Source {
  const chunk = membersOf(value);
  const source = membersOf(chunk.web ?? chunk.retrievedContext ?? chunk.maps ?? chunk.image);
  const url = textOf(source.uri) || textOf(source.sourceUri);
  return { url: url || null, title: textOf(source.title) || null, quote: textOf(source.text) || null };
}

function grounded(metadata: Fields, bytes: Buffer): Citation[] {
  const sources = listOf(metadata.groundingChunks).map(sourceOf);
  const used = new Set<Source>();
  const placed = listOf(metadata.groundingSupports).flatMap((value) => {
    const support = membersOf(value);
    const place = placeOf(membersOf(support.segment), bytes);
    return listOf(support.groundingChunkIndices).flatMap((index) => {
      const source = sources[Number(index)];
      if (!source) return [];
      used.add(source);
      return [{ ...source, ...place }];
    });
  });
  const rest = sources.filter((source) => !used.has(source)).map((source) => ({ ...source, ...nowhere }));
  return [...placed, ...rest].filter(({ url, title }) => url !== null || title !== null);
}

/** Of a candidate, whose text so far is `text`. */
export function readCitations(candidate: Fields, text: string): Citation[] {
  if (!candidate.groundingMetadata && !candidate.citationMetadata) return [];
  const bytes = Buffer.from(text);
  const metadata = membersOf(candidate.citationMetadata);
  const cited = listOf(metadata.citations ?? metadata.citationSources).map((value): Citation => {
    const citation = membersOf(value);
    const source = { url: textOf(citation.uri) || null, title: textOf(citation.title) || null, quote: null };
    return { ...source, ...placeOf(citation, bytes) };
  });
  return [...grounded(membersOf(candidate.groundingMetadata), bytes), ...cited];
}

/** The `groundingMetadata` of an answer whose whole text is `text`; null where nothing is cited. */
export function writeCitations(citations: readonly Citation[], text: string): Record<string, unknown> | null {
  const sources = citations.filter(({ url }) => url !== null);
  if (sources.length === 0) return null;
  const urls = [...new Set(sources.map(({ url }) => url))];
  const bytesAt = (units: number) => Buffer.byteLength(text.slice(0, units));
  const groundingSupports = sources.flatMap(({ url, start, end }) => {
    if (start === null || end === null) return [];
    const segment = { startIndex: bytesAt(start), endIndex: bytesAt(end), text: text.slice(start, end) };
    return [{ segment, groundingChunkIndices: [urls.indexOf(url)] }];
  });
  const groundingChunks = urls.map((uri) => {
    const title = sources.find((source) => source.url === uri && source.title !== null)?.title;
    return { web: { uri, title: title ?? uri } };
  });
  return { groundingChunks, ...(groundingSupports.length > 0 ? { groundingSupports } : {}) };
}
