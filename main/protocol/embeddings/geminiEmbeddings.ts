// `:embedContent` for one text, `:batchEmbedContents` for many. Upstreams are always asked for many: one is a batch too.
import { camelFields, listOf, membersOf, optionalMembers, requiredMembers } from '../gemini/geminiFields.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import {
  type Fields,
  optionalList,
  optionalNumber,
  optionalText,
  requiredFields,
  wrongField,
} from '../hub/reader.ts';
import { geminiMethods } from '../operation.ts';
import type { EmbeddingCodec } from './embeddingTurn.ts';

interface Ask {
  readonly text: string;
  readonly dimensions: number | null;
  readonly taskType: string | null;
  readonly title: string | null;
}

function readText(content: unknown, path: string): string {
  if (typeof content === 'string') return content;
  const parts = optionalList(requiredFields(content, path), 'parts', `${path}.`);
  const texts = parts.map((part, index) => {
    const text = optionalText(requiredFields(part, `${path}.parts[${index}]`), 'text');
    if (text === null)
      throw wrongField(
        `${path}.parts[${index}]`,
        'a text: the model this goes to has no vectors for anything else',
      );
    return text;
  });
  if (texts.length === 0) throw wrongField(`${path}.parts`, 'a list with a text');
  return texts.join('\n');
}

function readAsk(value: unknown, path: string): Ask {
  const ask = requiredMembers(value, path || 'body');
  const at = path === '' ? '' : `${path}.`;
  const options = { ...(optionalMembers(ask, 'embedContentConfig', at) ?? {}), ...ask };
  return {
    text: readText(ask.content, `${at}content`),
    dimensions: optionalNumber(options, 'outputDimensionality', at),
    taskType: optionalText(options, 'taskType', at),
    title: optionalText(options, 'title', at),
  };
}

function readAsks(body: Fields): Ask[] {
  const requests = optionalList(body, 'requests');
  const asks = requests.map((request, index) => readAsk(request, `requests[${index}]`));
  const other = asks.findIndex(({ dimensions }) => dimensions !== asks[0]?.dimensions);
  if (other > 0)
    throw wrongField(`requests[${other}].outputDimensionality`, 'the same in all requests of a batch');
  return asks;
}

/** What holds for all of them; null where they differ. */
function shared(asks: readonly Ask[], name: 'taskType' | 'title'): string | null {
  const [first] = asks;
  return first && asks.every((ask) => ask[name] === first[name]) ? first[name] : null;
}

function readValues(value: unknown): number[] | null {
  const values = listOf(membersOf(value).values);
  return values.length > 0 && values.every((item) => typeof item === 'number') ? (values as number[]) : null;
}

const isBatch = (operation: string): boolean => operation === 'batchEmbedContents';

export const geminiEmbeddings: EmbeddingCodec = {
  operation: geminiMethods.batchEmbedContents!.operation,
  decodeRequest(body, model, operation) {
    const asks = isBatch(operation) ? readAsks(camelFields(body)) : [readAsk(body, '')];
    const [first] = asks;
    if (!first) throw wrongField('requests', 'a list with at least one request');
    const taskType = shared(asks, 'taskType');
    const title = shared(asks, 'title');
    const lost = (['taskType', 'title'] as const).filter(
      (name) => shared(asks, name) === null && asks.some((ask) => ask[name] !== null),
    );
    const inputs = asks.map(({ text }) => text);
    return { model, inputs, dimensions: first.dimensions, base64: false, taskType, title, dropped: lost };
  },
  encodeRequest({ inputs, dimensions, taskType, title, dropped }, model) {
    const path = model.startsWith('models/') ? model : `models/${model}`;
    const options = {
      ...(taskType === null ? {} : { taskType }),
      ...(title === null ? {} : { title }),
      ...(dimensions === null ? {} : { outputDimensionality: dimensions }),
    };
    const requests = inputs.map((text) => ({ model: path, content: { parts: [{ text }] }, ...options }));
    return { body: { requests }, dropped };
  },
  decodeResult(body) {
    const answer = camelFields(body);
    const embeddings = answer.embedding ? [answer.embedding] : listOf(answer.embeddings);
    const vectors = embeddings.map(readValues);
    if (vectors.length === 0 || vectors.includes(null))
      throw new ForeignEventError('the answer holds no vectors');
    const tokens = membersOf(answer.usageMetadata).promptTokenCount;
    return { vectors: vectors as number[][], inputTokens: typeof tokens === 'number' ? tokens : null };
  },
  encodeResult({ vectors, inputTokens }, _turn, operation) {
    const embeddings = vectors.map((values) => ({ values }));
    const usage =
      inputTokens === null
        ? {}
        : { usageMetadata: { promptTokenCount: inputTokens, totalTokenCount: inputTokens } };
    return isBatch(operation) ? { embeddings, ...usage } : { embedding: embeddings[0], ...usage };
  },
};
