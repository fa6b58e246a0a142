// What a client says or a tool returned: text, images, files and sound.
import { readDataUrl } from '../hub/dataUrl.ts';
import { type Fields, isFields, requiredText, wrongField } from '../hub/reader.ts';
import type { MediaPart, MediaSource, TextPart } from '../hub/turn.ts';

export type ContentPart = TextPart | MediaPart;

/** Bytes in the request, or where they are. */
function readUrl(url: string): { source: MediaSource; mediaType: string | null } {
  const inline = readDataUrl(url);
  if (!inline) return { source: { from: 'url', url }, mediaType: null };
  return { source: { from: 'base64', data: inline.data }, mediaType: inline.mediaType };
}

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function readImage(part: Fields, path: string): MediaPart {
  // The spelling of chat, an object with the URL in it, is often sent here too.
  const url = isFields(part.image_url) ? part.image_url.url : part.image_url;
  const detail =
    textOrNull(part.detail) ?? textOrNull(isFields(part.image_url) ? part.image_url.detail : null);
  const about = { type: 'media', media: 'image', name: null, detail } as const;
  if (typeof url === 'string' && url !== '') return { ...about, ...readUrl(url) };
  const id = textOrNull(part.file_id);
  if (id === null) throw wrongField(`${path}image_url`, 'a URL or a data URL with base64');
  return { ...about, mediaType: null, source: { from: 'file', id } };
}

function readFile(part: Fields, path: string): MediaPart {
  const name = textOrNull(part.filename);
  const about = { type: 'media', media: 'file', name, detail: null } as const;
  const data = textOrNull(part.file_data);
  if (data !== null) {
    const read = readUrl(data);
    if (read.source.from === 'base64') return { ...about, ...read };
    // Bare base64 is taken as well; PDF is what is sent so.
    return { ...about, mediaType: 'application/pdf', source: { from: 'base64', data } };
  }
  const url = textOrNull(part.file_url);
  if (url !== null) return { ...about, ...readUrl(url) };
  const id = textOrNull(part.file_id);
  if (id === null) throw wrongField(`${path}file_data`, 'there, or else "file_url" or "file_id"');
  return { ...about, mediaType: null, source: { from: 'file', id } };
}

function readAudio(part: Fields, path: string): MediaPart {
  const audio = isFields(part.input_audio) ? part.input_audio : part;
  const data = requiredText(audio, 'data', `${path}input_audio.`);
  const format = textOrNull(audio.format) ?? 'wav';
  const mediaType = format === 'mp3' ? 'audio/mpeg' : `audio/${format}`;
  return {
    type: 'media',
    media: 'audio',
    mediaType,
    source: { from: 'base64', data },
    name: null,
    detail: null,
  };
}

function readPart(part: unknown, path: string): ContentPart | null {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isFields(part)) throw wrongField(path.slice(0, -1), 'an object');
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: requiredText(part, 'text', path) };
    case 'refusal':
      return { type: 'text', text: requiredText(part, 'refusal', path) };
    case 'input_image':
      return readImage(part, path);
    case 'input_file':
      return readFile(part, path);
    case 'input_audio':
      return readAudio(part, path);
    default:
      return null;
  }
}

/** A string or a list of parts; kinds it does not know are told to `skipped`. Throws GatewayError `invalid_request`. */
export function decodeContent(
  content: unknown,
  path: string,
  skipped: (type: string) => void,
): ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongField(path, 'a string or a list of parts');
  return content.flatMap((part: unknown, index) => {
    const read = readPart(part, `${path}[${index}].`);
    if (!read) skipped(String((part as Fields).type));
    return read ?? [];
  });
}
