import type { WireName } from '../dialect.ts';
import type { EmbeddingCodec } from './embeddingTurn.ts';
import { geminiEmbeddings } from './geminiEmbeddings.ts';
import { openAiEmbeddings } from './openAiEmbeddings.ts';

/** Anthropic and on-demand.io have no embeddings: whoever speaks to them asks in OpenAI's spelling. */
export const embeddingCodecs: Readonly<Record<WireName, EmbeddingCodec>> = {
  chat: openAiEmbeddings,
  responses: openAiEmbeddings,
  messages: openAiEmbeddings,
  gemini: geminiEmbeddings,
  ondemand: openAiEmbeddings,
};
