// The operations a client can ask for, by what is common to all dialects: how the body comes in and what kind of answer goes out.

export interface Operation {
  /** Name in records, and the path below the endpoint's version part. */
  readonly name: string;
  readonly body: 'json' | 'multipart';
  /** `chat`: a conversation whose stream we read; `json`: one document; `binary`: whatever the upstream sends. */
  readonly answer: 'chat' | 'json' | 'binary';
}

const json = (name: string): Operation => ({ name, body: 'json', answer: 'json' });

/** The OpenAI routes of CONTRACT section 5, by their path below `/v1/`. */
export const openAiOperations: Readonly<Record<string, Operation>> = {
  'chat/completions': { name: 'chat/completions', body: 'json', answer: 'chat' },
  completions: { name: 'completions', body: 'json', answer: 'chat' },
  embeddings: json('embeddings'),
  moderations: json('moderations'),
  rerank: json('rerank'),
  'images/generations': { name: 'images/generations', body: 'json', answer: 'binary' },
  'images/edits': { name: 'images/edits', body: 'multipart', answer: 'binary' },
  'images/variations': { name: 'images/variations', body: 'multipart', answer: 'binary' },
  'audio/speech': { name: 'audio/speech', body: 'json', answer: 'binary' },
  'audio/transcriptions': { name: 'audio/transcriptions', body: 'multipart', answer: 'binary' },
  'audio/translations': { name: 'audio/translations', body: 'multipart', answer: 'binary' },
};
