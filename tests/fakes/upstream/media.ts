// Images and audio: JSON, binary and multipart, as large as they need be and no larger.
import { type Answer, bytesAnswer, errorAnswer, jsonAnswer, streamAnswer } from './answer.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';

/** One red pixel. */
export const pixelPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

/** Bytes that no text codec survives. */
export const speechBytes = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 31 + 7) % 256));

export function imagesAnswer(request: UpstreamRequest): Answer {
  const needsForm = request.path.endsWith('/edits') || request.path.endsWith('/variations');
  if (needsForm && !request.form?.some((part) => part.name.startsWith('image') && part.bytes.length > 0)) {
    return errorAnswer(400, { message: 'An image file is required.', param: 'image' });
  }
  const usage = { input_tokens: 10, output_tokens: 20, total_tokens: 30 };
  return jsonAnswer({ created: 1_760_000_000, data: [{ b64_json: pixelPng.toString('base64') }], usage });
}

export function speechAnswer(): Answer {
  return bytesAnswer(speechBytes, 'audio/mpeg');
}

/** Tells the size of the file it was given, so that a test sees whether all bytes came through. */
export function transcriptionAnswer(request: UpstreamRequest): Answer {
  const file = request.form?.find((part) => part.name === 'file');
  if (!file) return errorAnswer(400, { message: 'A file is required.', param: 'file' });
  const field = (name: string) => request.form?.find((part) => part.name === name)?.bytes.toString('utf8');
  const text = `heard ${file.bytes.length} bytes of ${file.filename}`;
  if (field('response_format') === 'text')
    return bytesAnswer(Buffer.from(`${text}\n`), 'text/plain; charset=utf-8');
  if (field('stream') === 'true') {
    return streamAnswer([
      { type: 'transcript.text.delta', delta: 'heard ' },
      { type: 'transcript.text.done', text },
    ]);
  }
  return jsonAnswer({
    text,
    usage: { type: 'tokens', input_tokens: 14, output_tokens: 5, total_tokens: 19 },
  });
}
