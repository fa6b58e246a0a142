// Parts of the hub -> `input_text`, `input_image`, `input_file`.
import { writeDataUrl } from '../hub/dataUrl.ts';
import { failedWords } from '../hub/failedWords.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import type { MediaPart, TextPart, ToolResultPart } from '../hub/turn.ts';

type Wire = Record<string, unknown>;

function urlOf(part: MediaPart, otherwise: string): string | null {
  const { source } = part;
  if (source.from === 'url') return source.url;
  if (source.from === 'base64') return writeDataUrl(part.mediaType ?? otherwise, source.data);
  return null;
}

function encodeImage(part: MediaPart): Wire {
  const { source } = part;
  const where = source.from === 'file' ? { file_id: source.id } : { image_url: urlOf(part, 'image/png') };
  return { type: 'input_image', ...where, detail: part.detail ?? 'auto' };
}

function encodeFile(part: MediaPart): Wire {
  const { source, name } = part;
  switch (source.from) {
    case 'text':
      return { type: 'input_text', text: name === null ? source.text : `${name}\n\n${source.text}` };
    case 'file':
      return { type: 'input_file', file_id: source.id };
    case 'url':
      return { type: 'input_file', file_url: source.url };
    case 'base64':
      // Data without a name is refused.
      return {
        type: 'input_file',
        filename: name ?? 'document.pdf',
        file_data: urlOf(part, 'application/pdf'),
      };
  }
}

/** Throws CannotHoldError for sound and video: the API has no place for them (clients.md section 10.1). */
export function encodeContentPart(part: TextPart | MediaPart): Wire {
  if (part.type === 'text') return { type: 'input_text', text: part.text };
  if (part.media === 'image' && part.source.from !== 'text') return encodeImage(part);
  if (part.media === 'audio' || part.media === 'video')
    throw new CannotHoldError(
      `OpenAI's responses API takes no ${part.media}. Use an endpoint that does, or send a transcript.`,
      'messages',
    );
  return encodeFile(part);
}

/** Text alone goes as a string, which servers of every age take; anything else as a list. */
export function encodeToolOutput({ parts, isError }: ToolResultPart): string | Wire[] {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const words = texts.join('\n');
  if (texts.length === parts.length) return isError ? failedWords(words) : words;
  const output = parts.map(encodeContentPart);
  const silent = isError && failedWords(words) !== words;
  return silent ? [{ type: 'input_text', text: 'Error:' }, ...output] : output;
}
