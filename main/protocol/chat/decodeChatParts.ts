// A message's `content`, whatever its form.
import { GatewayError } from '../../base/gatewayError.ts';
import { type Fields, isFields, optionalText, requiredFields, wrongField } from '../hub/reader.ts';
import type { CacheMark, MediaPart, ReasoningPart, RefusalPart, TextPart } from '../hub/turn.ts';
import { decodeChatMedia } from './decodeChatMedia.ts';

export type ContentPart = TextPart | MediaPart | ReasoningPart | RefusalPart;

/**
 * Where a client wants the prompt's cache to reach: `cache_control` as clients of Anthropic's models send it through chat,
 * or OpenAI's own `prompt_cache_breakpoint`. To be spread into a part.
 */
export function cacheMarkOf(fields: Fields): { cache?: CacheMark } {
  const mark = fields.cache_control;
  if (isFields(mark)) return { cache: { ttl: mark.ttl === '5m' || mark.ttl === '1h' ? mark.ttl : null } };
  return isFields(fields.prompt_cache_breakpoint) ? { cache: { ttl: null } } : {};
}

/** Mistral puts the thoughts of earlier turns into the content: `{type: "thinking", thinking: [{type: "text", text}]}`. */
export function thinkingText(part: Fields): string {
  if (typeof part.thinking === 'string') return part.thinking;
  if (!Array.isArray(part.thinking)) return '';
  return part.thinking.map((piece) => (isFields(piece) ? String(piece.text ?? '') : '')).join('');
}

function decodePart(value: unknown, path: string): ContentPart {
  if (typeof value === 'string') return { type: 'text', text: value };
  const part = requiredFields(value, path);
  const cache = cacheMarkOf(part);
  switch (part.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { type: 'text', text: optionalText(part, 'text', `${path}.`) ?? '', ...cache };
    case 'refusal':
      return { type: 'refusal', text: optionalText(part, 'refusal', `${path}.`) ?? '' };
    case 'thinking':
      return { type: 'reasoning', text: thinkingText(part) };
  }
  const media = decodeChatMedia(part, path);
  if (media) return { ...media, ...cache };
  throw new GatewayError(
    'invalid_request',
    `"${path}" is a part of type ${JSON.stringify(part.type)}, which can't be translated. Send text, image_url, input_audio, video_url or file.`,
    { param: `${path}.type` },
  );
}

/** Absent, null and empty content is no part at all. Throws GatewayError `invalid_request`. `path` as in `messages[2].content`. */
export function decodeChatParts(content: unknown, path: string): ContentPart[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongField(path, 'a string or a list of parts');
  return content.map((part, index) => decodePart(part, `${path}[${index}]`));
}
