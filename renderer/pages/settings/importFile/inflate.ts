import { ImportFileError } from './importFileError.ts';

/** A stream's text once it is unpacked; more than `most` bytes are never held. Throws ImportFileError. */
export async function inflate(
  packed: Blob,
  format: 'deflate-raw' | 'gzip' | null,
  most: number,
): Promise<string> {
  const stream = format ? packed.stream().pipeThrough(new DecompressionStream(format)) : packed.stream();
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = '';
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > most) throw new ImportFileError('tooLarge');
      text += decoder.decode(part.value, { stream: true });
    }
  } catch (error) {
    // Nobody waits for the rest, and what it would fail with.
    void reader.cancel().catch(() => {});
    throw error instanceof ImportFileError ? error : new ImportFileError('damaged');
  }
  return text + decoder.decode();
}
