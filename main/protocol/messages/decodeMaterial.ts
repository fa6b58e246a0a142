// Blocks that show the model something, wherever they stand: in messages, in tool results, in the system prompt.
import {
  type Fields,
  isFields,
  optionalFields,
  optionalText,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { MediaPart, TextPart } from '../hub/turn.ts';
import { readCitations } from './messagesCitation.ts';
import { readCacheMark } from './wire.ts';

export type Material = TextPart | MediaPart;

function decodeText(block: Fields, path: string): TextPart {
  const citations = readCitations(block.citations);
  return {
    type: 'text',
    text: requiredText(block, 'text', `${path}.`),
    ...readCacheMark(block),
    ...(citations.length > 0 ? { citations } : {}),
  };
}

function sourceOf(block: Fields, path: string): Fields {
  const source = optionalFields(block, 'source', `${path}.`);
  if (!source) throw wrongField(`${path}.source`, 'an object');
  return source;
}

const media = (
  kind: 'image' | 'file',
  mediaType: string | null,
  source: MediaPart['source'],
  name: string | null,
): MediaPart => ({ type: 'media', media: kind, mediaType, source, name, detail: null });

/** The sources that images and documents have in common; null for any other. */
function decodeSource(
  kind: 'image' | 'file',
  source: Fields,
  path: string,
  name: string | null,
): MediaPart | null {
  switch (source.type) {
    case 'base64': {
      const type = requiredText(source, 'media_type', path);
      return media(kind, type, { from: 'base64', data: requiredText(source, 'data', path) }, name);
    }
    case 'url': {
      // Anthropic takes PDFs alone from a URL.
      const type = kind === 'file' ? 'application/pdf' : null;
      return media(kind, type, { from: 'url', url: requiredText(source, 'url', path) }, name);
    }
    case 'file':
      return media(kind, null, { from: 'file', id: requiredText(source, 'file_id', path) }, name);
    default:
      return null;
  }
}

function decodeImage(block: Fields, path: string): MediaPart {
  const part = decodeSource('image', sourceOf(block, path), `${path}.source.`, null);
  if (!part) throw wrongField(`${path}.source.type`, '"base64", "url" or "file"');
  return { ...part, ...readCacheMark(block) };
}

function decodeDocument(block: Fields, path: string, dropped: Set<string>): Material[] {
  const source = sourceOf(block, path);
  const inner = `${path}.source.`;
  const name = optionalText(block, 'title', `${path}.`);
  const context = optionalText(block, 'context', `${path}.`);
  if (isFields(block.citations) && block.citations.enabled === true) dropped.add('citations');
  const parts: Material[] = context ? [{ type: 'text', text: context }] : [];
  const plain = (text: string): MediaPart => media('file', 'text/plain', { from: 'text', text }, name);
  if (source.type === 'text') parts.push(plain(requiredText(source, 'data', inner)));
  else if (source.type === 'content' && typeof source.content === 'string') parts.push(plain(source.content));
  else if (source.type === 'content')
    parts.push(...decodeMaterials(source.content, `${inner}content`, dropped));
  else {
    const part = decodeSource('file', source, inner, name);
    if (!part) throw wrongField(`${inner}type`, '"base64", "text", "url", "file" or "content"');
    parts.push(part);
  }
  const last = parts.pop();
  return last ? [...parts, { ...last, ...readCacheMark(block) }] : [];
}

/** A result of the client's own search: its title, source and words as one text. */
function decodeSearchResult(block: Fields, path: string, dropped: Set<string>): TextPart {
  const words = decodeMaterials(block.content, `${path}.content`, dropped).flatMap((part) =>
    part.type === 'text' ? [part.text] : [],
  );
  const head = [block.title, block.source].filter((text) => typeof text === 'string' && text !== '');
  return { type: 'text', text: [...head, ...words].join('\n'), ...readCacheMark(block) };
}

/** What a search for tools found: all of them are declared here, and the model is told which was meant. */
function decodeToolReference(block: Fields, path: string): TextPart {
  return { type: 'text', text: `Found: ${requiredText(block, 'tool_name', `${path}.`)}` };
}

/** Null where the block is of another kind. Throws GatewayError `invalid_request`. */
export function decodeMaterial(block: Fields, path: string, dropped: Set<string>): Material[] | null {
  switch (block.type) {
    case 'text':
      return [decodeText(block, path)];
    case 'image':
      return [decodeImage(block, path)];
    case 'document':
      return decodeDocument(block, path, dropped);
    case 'tool_reference':
      return [decodeToolReference(block, path)];
    case 'search_result':
      return [decodeSearchResult(block, path, dropped)];
    default:
      return null;
  }
}

/** `content` of whatever holds material alone: a string, or a list in which other kinds are left out by name. */
export function decodeMaterials(content: unknown, path: string, dropped: Set<string>): Material[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongField(path, 'a string or a list of blocks');
  return content.flatMap((block: unknown, index) => {
    const where = `${path}[${index}]`;
    if (!isFields(block)) throw wrongField(where, 'an object with a "type"');
    const parts = decodeMaterial(block, where, dropped);
    if (!parts) dropped.add(String(block.type));
    return parts ?? [];
  });
}
