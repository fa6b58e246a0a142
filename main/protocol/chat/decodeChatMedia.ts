// The parts of a message that are no text: images, audio, video, files.
import { readDataUrl } from '../hub/dataUrl.ts';
import {
  type Fields,
  isFields,
  optionalText,
  requiredFields,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { MediaPart, MediaSource } from '../hub/turn.ts';

const typesByEnding: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
  xml: 'application/xml',
};

const audioTypes: Readonly<Record<string, string>> = { mp3: 'audio/mpeg' };

function kindOf(mediaType: string): MediaPart['media'] {
  const family = mediaType.split('/', 1)[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

/** What a `url` field points to. Throws GatewayError `invalid_request` where it is no URL. */
function locate(url: string, path: string): { mediaType: string | null; source: MediaSource } {
  const inline = readDataUrl(url);
  if (inline) return { mediaType: inline.mediaType, source: { from: 'base64', data: inline.data } };
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url.slice(0, 40)))
    throw wrongField(path, 'a data: URL or an http(s) address');
  return { mediaType: null, source: { from: 'url', url } };
}

/** `image_url` and `video_url`; both are often sent as a bare string. */
function decodeLink(part: Fields, media: 'image' | 'video', path: string): MediaPart {
  const field = `${media}_url`;
  const value = part[field];
  const link = isFields(value) ? value : { url: value };
  const url = requiredText(link, 'url', `${path}.${field}.`);
  return {
    type: 'media',
    media,
    ...locate(url, `${path}.${field}.url`),
    name: null,
    detail: optionalText(link, 'detail', `${path}.${field}.`),
  };
}

function decodeAudio(part: Fields, path: string): MediaPart {
  const audio = requiredFields(part.input_audio, `${path}.input_audio`);
  const data = requiredText(audio, 'data', `${path}.input_audio.`);
  const format = optionalText(audio, 'format', `${path}.input_audio.`) ?? 'wav';
  const source: MediaSource = /^https?:/i.test(data.slice(0, 8))
    ? { from: 'url', url: data }
    : { from: 'base64', data: readDataUrl(data)?.data ?? data };
  const mediaType = audioTypes[format] ?? `audio/${format}`;
  return { type: 'media', media: 'audio', mediaType, source, name: null, detail: null };
}

function decodeFile(part: Fields, path: string): MediaPart {
  const file = requiredFields(part.file, `${path}.file`);
  const name = optionalText(file, 'filename', `${path}.file.`);
  const id = optionalText(file, 'file_id', `${path}.file.`);
  const data = optionalText(file, 'file_data', `${path}.file.`);
  if (data === null) {
    if (id === null) throw wrongField(`${path}.file`, 'an object with file_data or file_id');
    return {
      type: 'media',
      media: 'file',
      mediaType: null,
      source: { from: 'file', id },
      name,
      detail: null,
    };
  }
  const byName = typesByEnding[name?.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/pdf';
  if (/^https?:/i.test(data.slice(0, 8))) {
    const source: MediaSource = { from: 'url', url: data };
    return { type: 'media', media: kindOf(byName), mediaType: byName, source, name, detail: null };
  }
  const inline = readDataUrl(data) ?? { mediaType: null, data };
  const mediaType = inline.mediaType ?? byName;
  const source: MediaSource = { from: 'base64', data: inline.data };
  return { type: 'media', media: kindOf(mediaType), mediaType, source, name, detail: null };
}

/** Null where the part is none of these. `path` as in `messages[2].content[0]`. */
export function decodeChatMedia(part: Fields, path: string): MediaPart | null {
  switch (part.type) {
    case 'image_url':
      return decodeLink(part, 'image', path);
    case 'video_url':
      return decodeLink(part, 'video', path);
    case 'input_audio':
      return decodeAudio(part, path);
    case 'file':
      return decodeFile(part, path);
    default:
      return null;
  }
}
