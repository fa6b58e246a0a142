// POST /v1/embeddings.
import { GatewayError } from '../../base/gatewayError.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { isFields, optionalNumber, optionalText, wrongField } from '../hub/reader.ts';
import type { Json } from '../hub/turn.ts';
import { operationsByPath } from '../operation.ts';
import type { EmbeddingCodec } from './embeddingTurn.ts';
import { readFloats, writeFloats } from './floatBase64.ts';

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');

function readInputs(input: Json | undefined): string[] {
  if (typeof input === 'string') return [input];
  const list = Array.isArray(input) ? (input as readonly unknown[]) : [];
  if (isNumbers(list) || (list.length > 0 && list.every(isNumbers)))
    throw new GatewayError(
      'invalid_request',
      '"input" holds token numbers, which mean nothing to the model this goes to: send text. In LangChain, set check_embedding_ctx_length=False.',
      { param: 'input' },
    );
  if (list.length === 0 || !list.every((item) => typeof item === 'string'))
    throw wrongField('input', 'a text or a list of texts');
  return list as string[];
}

function readVector(value: unknown): number[] | null {
  if (typeof value === 'string') return readFloats(value);
  return isNumbers(value) ? value : null;
}

const position = (value: unknown): number =>
  isFields(value) && typeof value.index === 'number' ? value.index : 0;

export const openAiEmbeddings: EmbeddingCodec = {
  operation: operationsByPath.embeddings!,
  decodeRequest(body, model) {
    return {
      model,
      inputs: readInputs(body.input),
      dimensions: optionalNumber(body, 'dimensions'),
      base64: optionalText(body, 'encoding_format') === 'base64',
      taskType: null,
      title: null,
      dropped: typeof body.user === 'string' ? ['user'] : [],
    };
  },
  encodeRequest({ inputs, dimensions, base64, taskType, title, dropped }, model) {
    const own = Object.entries({ taskType, title }).filter(([, value]) => value !== null);
    return {
      body: {
        model,
        input: inputs,
        encoding_format: base64 ? 'base64' : 'float',
        ...(dimensions === null ? {} : { dimensions }),
      },
      dropped: [...dropped, ...own.map(([name]) => name)],
    };
  },
  decodeResult(body) {
    const data = Array.isArray(body.data) ? [...(body.data as readonly unknown[])] : [];
    // Some servers answer in the order in which they finished.
    const vectors = data
      .toSorted((a, b) => position(a) - position(b))
      .map((item) => readVector(isFields(item) ? item.embedding : null));
    if (vectors.length === 0 || vectors.includes(null))
      throw new ForeignEventError('the answer holds no vectors');
    const tokens = isFields(body.usage) ? (body.usage.prompt_tokens ?? body.usage.total_tokens) : null;
    return {
      vectors: vectors as number[][],
      inputTokens: typeof tokens === 'number' ? tokens : null,
    };
  },
  encodeResult({ vectors, inputTokens }, { model, base64 }) {
    const tokens = inputTokens ?? 0;
    return {
      object: 'list',
      data: vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: base64 ? writeFloats(vector) : vector,
      })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    };
  },
};
