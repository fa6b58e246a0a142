import { CannotHoldError } from '../hub/hubErrors.ts';
import { isTextType } from '../hub/textType.ts';
import type { MediaPart } from '../hub/turn.ts';

const things: Readonly<Record<MediaPart['media'], string>> = {
  image: 'images',
  audio: 'audio',
  video: 'videos',
  file: 'files that are no text',
};

function textOf({ media, mediaType, source }: MediaPart): string | null {
  if (source.from === 'text') return source.text;
  const readable = source.from === 'base64' && media === 'file' && isTextType(mediaType);
  return readable ? Buffer.from(source.data, 'base64').toString('utf8') : null;
}

/** A text document as part of what is said. Throws CannotHoldError for all else: a query is one text without attachments. */
export function inlineDocument(part: MediaPart): string {
  const text = textOf(part);
  if (text === null)
    throw new CannotHoldError(
      `on-demand.io is sent text alone, no ${things[part.media]}: leave this part out, send its text, or use an endpoint whose models read it.`,
      'messages',
    );
  return `<document${part.name === null ? '' : ` name="${part.name}"`}>\n${text}\n</document>`;
}
