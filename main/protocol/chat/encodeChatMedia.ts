// The hub's media -> parts of a chat message. Throws CannotHoldError where an OpenAI-compatible server has no way to get at it.
import { writeDataUrl } from '../hub/dataUrl.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import type { MediaPart } from '../hub/turn.ts';
import type { ChatPart } from './chatWire.ts';

const defaultTypes = {
  image: 'image/png',
  audio: 'audio/wav',
  video: 'video/mp4',
  file: 'application/pdf',
} as const;

const mediaTypeOf = (part: MediaPart): string => part.mediaType ?? defaultTypes[part.media];

const isText = (mediaType: string): boolean => /^(?:text\/|application\/(?:json|xml|yaml))/.test(mediaType);

function refuse(part: MediaPart, instead: string): CannotHoldError {
  const what = part.name === null ? `A part of type ${part.media}` : `The ${part.media} "${part.name}"`;
  const where =
    part.source.from === 'file' ? "lies in another provider's file store" : 'is given as an address';
  return new CannotHoldError(
    `${what} ${where}, which this endpoint's protocol can't reach. ${instead}`,
    'messages',
  );
}

function addressOf(part: MediaPart): string {
  const { source } = part;
  if (source.from === 'url') return source.url;
  if (source.from === 'base64') return writeDataUrl(mediaTypeOf(part), source.data);
  throw refuse(part, 'Send its bytes with the request instead.');
}

/** Servers without files read a text document as well as a person would: with its name above it. */
function inlined(part: MediaPart, text: string): ChatPart {
  return { type: 'text', text: part.name === null ? text : `${part.name}:\n\n${text}` };
}

function encodeAudio(part: MediaPart): ChatPart {
  if (part.source.from !== 'base64') throw refuse(part, 'Send its bytes with the request instead.');
  const subtype = mediaTypeOf(part).replace(/^audio\/(?:x-|vnd\.)?/, '');
  const format = subtype === 'mpeg' ? 'mp3' : subtype === 'wave' ? 'wav' : subtype;
  return { type: 'input_audio', input_audio: { data: part.source.data, format } };
}

function encodeFile(part: MediaPart): ChatPart {
  const { source, name } = part;
  if (source.from === 'text') return inlined(part, source.text);
  if (source.from === 'file') {
    // Only OpenAI's own ids look so; `file_…` is Anthropic's, `files/…` Gemini's.
    if (!source.id.startsWith('file-')) throw refuse(part, 'Send its bytes with the request instead.');
    return { type: 'file', file: { file_id: source.id } };
  }
  if (source.from === 'url') throw refuse(part, 'Send its bytes with the request instead.');
  const mediaType = mediaTypeOf(part);
  if (isText(mediaType)) return inlined(part, Buffer.from(source.data, 'base64').toString('utf8'));
  const file = { filename: name ?? 'document.pdf', file_data: writeDataUrl(mediaType, source.data) };
  return { type: 'file', file };
}

export function encodeChatMedia(part: MediaPart): ChatPart {
  switch (part.media) {
    case 'image': {
      const url = addressOf(part);
      return {
        type: 'image_url',
        image_url: part.detail === null ? { url } : { url, detail: part.detail },
      };
    }
    case 'video':
      return { type: 'video_url', video_url: { url: addressOf(part) } };
    case 'audio':
      return encodeAudio(part);
    case 'file':
      return encodeFile(part);
  }
}
