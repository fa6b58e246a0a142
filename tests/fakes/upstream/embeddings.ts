import { type Answer, jsonAnswer } from './answer.ts';
import { textIn, tokensOf } from './tokens.ts';

const size = 8;

/** The same text gives the same vector. */
export function vectorOf(text: string): number[] {
  return Array.from({ length: size }, (_, index) => Math.fround(((text.length + index * 7) % 13) / 13));
}

/** The answer to POST /embeddings: floats, or base64 of little-endian 32-bit floats where asked. */
export function embeddingsAnswer(json: Record<string, unknown>): Answer {
  const inputs = Array.isArray(json.input) ? json.input.map(textIn) : [textIn(json.input)];
  const encode = (vector: number[]) =>
    json.encoding_format === 'base64'
      ? Buffer.from(new Float32Array(vector).buffer).toString('base64')
      : vector;
  const tokens = inputs.reduce((sum, text) => sum + tokensOf(text).length, 0);
  return jsonAnswer({
    object: 'list',
    data: inputs.map((text, index) => ({ object: 'embedding', index, embedding: encode(vectorOf(text)) })),
    model: json.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}
