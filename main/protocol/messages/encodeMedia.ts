// The hub's media -> Anthropic's image and document blocks: ImageBlockParam and DocumentBlockParam of its SDK.
import { readDataUrl } from '../hub/dataUrl.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import { isTextType } from '../hub/textType.ts';
import type { MediaPart } from '../hub/turn.ts';
import { type Block, writeCacheMark } from './wire.ts';

const imageTypes = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** First letters of the base64 text -> what it is. */
const beginnings: readonly (readonly [string, string])[] = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['JVBERi', 'application/pdf'],
];

function typeOf(mediaType: string | null, data: string): string | null {
  const type = mediaType?.split(';')[0]?.trim().toLowerCase() ?? null;
  const known = type !== null && type !== 'application/octet-stream' && type !== 'image/*';
  if (known) return type === 'image/jpg' ? 'image/jpeg' : type;
  return beginnings.find(([begin]) => data.startsWith(begin))?.[1] ?? null;
}

function imageSource(part: MediaPart, data: string): Record<string, unknown> {
  const media_type = typeOf(part.mediaType, data) ?? 'image/png';
  if (!imageTypes.has(media_type))
    throw new CannotHoldError(
      `Anthropic's models read images of the types JPEG, PNG, GIF and WebP, not ${media_type}. Convert the image.`,
      'messages',
    );
  return { type: 'base64', media_type, data };
}

function documentSource(part: MediaPart, data: string): Record<string, unknown> {
  const type = typeOf(part.mediaType, data);
  if (type === 'application/pdf') return { type: 'base64', media_type: type, data };
  if (isTextType(type)) {
    const text = Buffer.from(data, 'base64').toString('utf8');
    return { type: 'text', media_type: 'text/plain', data: text };
  }
  throw new CannotHoldError(
    `Anthropic's models read PDF and text files, not ${type ?? 'a file without a media type'}. Send the file's text instead.`,
    'messages',
  );
}

function sourceOf(part: MediaPart): Record<string, unknown> {
  const { source } = part;
  switch (source.from) {
    case 'text':
      return { type: 'text', media_type: 'text/plain', data: source.text };
    case 'base64':
      return part.media === 'image' ? imageSource(part, source.data) : documentSource(part, source.data);
    case 'url': {
      const inline = readDataUrl(source.url);
      if (inline) {
        const mediaType = inline.mediaType ?? part.mediaType;
        return sourceOf({ ...part, mediaType, source: { from: 'base64', data: inline.data } });
      }
      if (/^https?:/i.test(source.url)) return { type: 'url', url: source.url };
      throw new CannotHoldError(
        `Anthropic can't fetch ${source.url.slice(0, 60)}: only http and https URLs, or the data itself.`,
        'messages',
      );
    }
    case 'file':
      if (source.id.startsWith('file_')) return { type: 'file', file_id: source.id };
      throw new CannotHoldError(
        `The file ${source.id.slice(0, 60)} is in another provider's store, where Anthropic can't read it. Send the data itself.`,
        'messages',
      );
  }
}

/** Throws CannotHoldError for what Anthropic's models can't see. */
export function encodeMedia(part: MediaPart): Block {
  if (part.media === 'audio' || part.media === 'video')
    throw new CannotHoldError(
      `Anthropic's models take no ${part.media}. Use a model of another provider for it, or send a transcript.`,
      'messages',
    );
  const { name, cache } = part;
  const source = sourceOf(part);
  const asImage = part.media === 'image' && source.type !== 'text';
  return {
    type: asImage ? 'image' : 'document',
    source,
    ...(name !== null && name !== '' && !asImage ? { title: name } : {}),
    ...writeCacheMark(cache),
  };
}
