// Brings vectors into the spelling the client reads.
import type { WireName } from '../protocol/dialect.ts';
import { embeddingCodecs } from '../protocol/embeddings/embeddingCodecs.ts';
import { repairEmbeddingEncoding } from '../protocol/embeddings/repairEmbeddingEncoding.ts';
import type { JsonObject } from '../protocol/hub/turn.ts';
import type { ClientRequest } from './clientRequest.ts';
import { estimatePrompt } from './estimatePrompt.ts';
import { bodyObject } from './prepareCall.ts';

/** openai-node asks for base64 and reads nothing but zeros from an upstream that answers numbers all the same. */
function asked(request: ClientRequest): boolean {
  return request.operation.dialect === 'chat' && bodyObject(request.payload).encoding_format === 'base64';
}

/** `dialect`: the one the upstream answers in. The same buffer where nothing is to be done. */
export function convertEmbeddings(request: ClientRequest, dialect: WireName, body: Buffer): Buffer {
  const { operation, model } = request;
  if (dialect === operation.dialect) return (asked(request) ? repairEmbeddingEncoding(body) : null) ?? body;
  const client = embeddingCodecs[operation.dialect];
  const turn = client.decodeRequest(bodyObject(request.payload), model, operation.name);
  const result = embeddingCodecs[dialect].decodeResult(JSON.parse(body.toString('utf8')) as JsonObject);
  // Gemini does not count; OpenAI's clients expect a number.
  const counted = { ...result, inputTokens: result.inputTokens ?? estimatePrompt(request) };
  return Buffer.from(JSON.stringify(client.encodeResult(counted, turn, operation.name)));
}
