// A request like the one of a record, to send again: as it was kept, else a small one of the same kind.
import { leftOutPattern } from '../../../../main/contract/keptBodies.ts';
import type { RecordBodies } from '../../../../main/contract/schemas/bodies.ts';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';

export interface DraftRequest {
  /** As it goes over HTTP; what stands in Gemini's paths is not in it. */
  body: Record<string, unknown>;
  source: 'recorded' | 'minimal';
  /** Notes stand where images and files were. */
  leftOut: boolean;
}

/** The smallest body of each operation, with a few words to say. */
const small: Readonly<Record<string, (model: string, words: string) => Record<string, unknown>>> = {
  'chat/completions': (model, words) => ({ model, messages: [{ role: 'user', content: words }] }),
  responses: (model, words) => ({ model, input: words }),
  messages: (model, words) => ({ model, max_tokens: 1024, messages: [{ role: 'user', content: words }] }),
  generateContent: (_model, words) => ({ contents: [{ role: 'user', parts: [{ text: words }] }] }),
  completions: (model, words) => ({ model, prompt: words }),
  embeddings: (model, words) => ({ model, input: words }),
  moderations: (model, words) => ({ model, input: words }),
  rerank: (model, words) => ({ model, query: words, documents: [words] }),
  embedContent: (_model, words) => ({ content: { parts: [{ text: words }] } }),
  'images/generations': (model, words) => ({ model, prompt: words }),
  'audio/speech': (model, words) => ({ model, input: words, voice: 'alloy' }),
};

const streaming: ReadonlySet<string> = new Set(['chat/completions', 'responses', 'messages', 'completions']);

function keptBody(bodies: RecordBodies | null): DraftRequest | null {
  const text = bodies?.request.text;
  if (!text || bodies.request.isCut) return null;
  try {
    const body = JSON.parse(text) as unknown;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
    return { body: body as Record<string, unknown>, source: 'recorded', leftOut: leftOutPattern.test(text) };
  } catch {
    return null;
  }
}

/** Null where such a request can't be written as JSON (uploads). */
export function draftRequest(
  { operation, clientModel, stream }: Pick<RequestRecord, 'operation' | 'clientModel' | 'stream'>,
  bodies: RecordBodies | null,
  words: string,
): DraftRequest | null {
  const kept = keptBody(bodies);
  if (kept) return kept;
  const make = small[operation];
  if (!make) return null;
  const body = make(clientModel, words);
  return {
    body: stream && streaming.has(operation) ? { ...body, stream: true } : body,
    source: 'minimal',
    leftOut: false,
  };
}
