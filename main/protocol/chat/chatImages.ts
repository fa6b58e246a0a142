// Pictures in an answer. OpenAI's chat has none; this is OpenRouter's way, which clients know.
import { readDataUrl, writeDataUrl } from '../hub/dataUrl.ts';
import { isFields } from '../hub/reader.ts';
import type { MediaPart } from '../hub/turn.ts';

/** Null where it holds no address. */
export function readImage(value: unknown): MediaPart | null {
  const link = isFields(value) ? value.image_url : null;
  const url = isFields(link) ? link.url : link;
  if (typeof url !== 'string' || url === '') return null;
  const inline = readDataUrl(url);
  return {
    type: 'media',
    media: 'image',
    mediaType: inline?.mediaType ?? null,
    source: inline ? { from: 'base64', data: inline.data } : { from: 'url', url },
    name: null,
    detail: null,
  };
}

export function readImages(images: unknown): MediaPart[] {
  if (!Array.isArray(images)) return [];
  return images.map(readImage).filter((part) => part !== null);
}

/** Null for what is no image, and for images that only their maker can fetch. */
export function writeImage(part: MediaPart) {
  const { media, source, mediaType } = part;
  if (media !== 'image' || source.from === 'file' || source.from === 'text') return null;
  const url = source.from === 'url' ? source.url : writeDataUrl(mediaType ?? 'image/png', source.data);
  return { type: 'image_url' as const, image_url: { url } };
}
