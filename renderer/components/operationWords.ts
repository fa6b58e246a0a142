// What a client asked for, in words. Records name it by its path or method.
import type { TFunction } from 'i18next';

const known = [
  'chat/completions',
  'responses',
  'messages',
  'generateContent',
  'completions',
  'embeddings',
  'embedContent',
  'batchEmbedContents',
  'moderations',
  'rerank',
  'images/generations',
  'images/edits',
  'images/variations',
  'audio/speech',
  'audio/transcriptions',
  'audio/translations',
] as const;

/** An operation this window does not know keeps its name. */
export function operationWords(operation: string, t: TFunction): string {
  const name = known.find((candidate) => candidate === operation);
  return name ? t(`operation.${name}`) : operation;
}
