// Bytes and files in parts: `inlineData` and `fileData`, both ways.
import { CannotHoldError } from '../hub/hubErrors.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { MediaPart } from '../hub/turn.ts';
import { camelFields } from './geminiFields.ts';
import type { GeminiModel } from './geminiModel.ts';

const guesses: Readonly<Record<MediaPart['media'], string>> = {
  image: 'image/jpeg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  file: 'application/pdf',
};

const byExtension: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mpeg: 'video/mpeg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  xml: 'text/xml',
  json: 'application/json',
};

function mediaOf(mediaType: string | null): MediaPart['media'] {
  const [kind] = (mediaType ?? '').split('/', 1);
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}

function extensionType(path: string | null): string | null {
  const extension = /\.([a-z0-9]+)$/i.exec((path ?? '').split(/[?#]/, 1)[0] ?? '')?.[1]?.toLowerCase();
  return extension === undefined ? null : (byExtension[extension] ?? null);
}

const isYouTube = (url: string): boolean =>
  /^https?:\/\/(?:www\.|m\.)?(?:youtube\.com|youtu\.be)\//i.test(url);

/** Files that Google itself holds: no other provider can read them. */
const isGoogleFile = (uri: string): boolean =>
  /^(?:gs:\/\/|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/.test(uri);

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function inlineMedia(blob: Fields): MediaPart | null {
  const data = text(blob.data);
  if (data === null) return null;
  const mediaType = text(blob.mimeType)?.toLowerCase() ?? null;
  const source = mediaType?.startsWith('text/')
    ? ({ from: 'text', text: Buffer.from(data, 'base64').toString('utf8') } as const)
    : ({ from: 'base64', data } as const);
  const name = text(blob.displayName);
  return { type: 'media', media: mediaOf(mediaType), mediaType, source, name, detail: null };
}

function fileMedia(file: Fields): MediaPart | null {
  const uri = text(file.fileUri);
  if (uri === null) return null;
  const mediaType = text(file.mimeType)?.toLowerCase() ?? (isYouTube(uri) ? null : extensionType(uri));
  const source = isGoogleFile(uri)
    ? ({ from: 'file', id: uri } as const)
    : ({ from: 'url', url: uri } as const);
  const media = mediaType === null && isYouTube(uri) ? 'video' : mediaOf(mediaType);
  return { type: 'media', media, mediaType, source, name: text(file.displayName), detail: null };
}

/** The media of a part whose names are in camelCase; null where it holds none that can be read. */
export function readMedia(part: Fields): MediaPart | null {
  if (isFields(part.inlineData)) return inlineMedia(camelFields(part.inlineData));
  return isFields(part.fileData) ? fileMedia(camelFields(part.fileData)) : null;
}

function cannot(message: string): CannotHoldError {
  return new CannotHoldError(message, 'messages');
}

function fileData(fileUri: string, { media, mediaType, name }: MediaPart): Record<string, unknown> {
  const mimeType = mediaType ?? extensionType(fileUri) ?? extensionType(name);
  return { fileData: isYouTube(fileUri) ? { fileUri } : { mimeType: mimeType ?? guesses[media], fileUri } };
}

/**
 * A part with these bytes. URLs stay URLs: Gemini fetches public and signed ones itself, but not for the models before 2.5
 * (ai.google.dev, file input methods). Throws CannotHoldError for files that other providers hold.
 */
export function writeMedia(part: MediaPart, model: GeminiModel): Record<string, unknown> {
  const { source, media, mediaType, name } = part;
  switch (source.from) {
    case 'base64':
      return {
        inlineData: { mimeType: mediaType ?? extensionType(name) ?? guesses[media], data: source.data },
      };
    case 'text': {
      const data = Buffer.from(source.text).toString('base64');
      return { inlineData: { mimeType: mediaType?.startsWith('text/') ? mediaType : 'text/plain', data } };
    }
    case 'url': {
      const { url } = source;
      if (isGoogleFile(url)) return fileData(url, part);
      if (!/^https?:\/\//i.test(url))
        throw cannot(
          `Gemini can't read the URL "${url.slice(0, 80)}": send the content as base64, or an https URL.`,
        );
      if (model.generation !== null && model.generation < 2.5 && !isYouTube(url))
        throw cannot(
          "This Gemini model can't fetch URLs: send the image or file as base64, or use Gemini 2.5 or later.",
        );
      return fileData(url, part);
    }
    case 'file':
      if (isGoogleFile(source.id)) return fileData(source.id, part);
      throw cannot(
        `The file "${source.id.slice(0, 80)}" was uploaded to another provider, where Gemini can't read it: send its content as base64.`,
      );
  }
}
