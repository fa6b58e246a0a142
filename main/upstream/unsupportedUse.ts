// What a kind of upstream can be asked for at all, by what a model is for.
import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import { conversations, type Operation, operationsByPath } from '../protocol/operation.ts';
import type { ModelUse } from '../registry/modelAbilities.ts';
import { unsupportedBy } from './drivers.ts';

/** The path most clients ask such a model at. */
const usualPaths: Readonly<Record<ModelUse, string>> = {
  chat: 'chat/completions',
  embeddings: 'embeddings',
  images: 'images/generations',
  rerank: 'rerank',
  media: 'audio/speech',
};

/** Why endpoints of this kind can't serve a model of such use, or null. */
export function unsupportedUse(kind: EndpointKind, use: ModelUse): ReturnType<typeof unsupportedBy> {
  const operation: Operation = operationsByPath[usualPaths[use]] ?? conversations.chat;
  return unsupportedBy(kind, operation);
}
