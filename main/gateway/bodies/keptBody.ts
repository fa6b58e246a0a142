import { keptBodyBytes } from '../../contract/keptBodies.ts';
import type { KeptBody } from '../../contract/schemas/bodies.ts';
import { leaveOutMedia } from './leaveOutMedia.ts';

/** A secret that begins before the end of what is kept must be seen whole to be masked: this is the longest in any spelling. */
const longestSecretBytes = 32 * 1024;

const readable = /json|^text\/|event-stream/i;

export interface SentBody {
  /** The beginning, at least as much as is kept. */
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Of the whole body. */
  readonly totalBytes: number;
}

/** Cuts at a number of bytes, between two characters. */
function cutText(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true });
}

/** A body as it is kept: without media, secrets masked, and no longer than allowed. */
export function toKeptBody(
  { bytes, mediaType, totalBytes }: SentBody,
  redact: (text: string) => string,
): KeptBody {
  const type = mediaType.split(';', 1)[0]?.trim() ?? '';
  if (!readable.test(type)) return { text: null, mediaType: type, bytes: totalBytes, isCut: false };
  const { text, whole } = leaveOutMedia(bytes, keptBodyBytes + longestSecretBytes);
  const masked = redact(text);
  // Where more was to come, the end may be the beginning of a secret.
  const isBeginning = !whole || totalBytes > bytes.length;
  const sure = isBeginning ? Math.max(0, Buffer.byteLength(masked) - longestSecretBytes) : keptBodyBytes;
  const kept = cutText(masked, Math.min(sure, keptBodyBytes));
  return { text: kept, mediaType: type, bytes: totalBytes, isCut: kept.length < masked.length };
}
