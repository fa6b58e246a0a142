import type { WireName } from '../dialect.ts';
import type { EmbeddingCodec } from './embeddingTurn.ts';
import { geminiEmbeddings } from './geminiEmbeddings.ts';
import { openAiEmbeddings } from './openAiEmbeddings.ts';

/** Anthropic has no embeddings: whoever speaks its dialect asks in OpenAI's. */
export const embeddingCodecs: Readonly<Record<WireName, EmbeddingCodec>> = {
  chat: openAiEmbeddings,
  responses: openAiEmbeddings,
  messages: openAiEmbeddings,
  gemini: geminiEmbeddings,
};
