// The operations a client can ask for, by what is common to all dialects: how the body comes in and what kind of answer goes out.
import type { DialectName, WireName } from './dialect.ts';

export interface Operation<Wire extends WireName = DialectName> {
  /** Name in records, and for operations without a dialect the path below the endpoint's version part. */
  readonly name: string;
  readonly body: 'json' | 'multipart';
  /**
   * `chat`: a conversation, streamed or not; `json`: one document; `binary`: whatever the upstream sends.
   * `embeddings`: vectors, in OpenAI's or Gemini's spelling.
   */
  readonly answer: 'chat' | 'json' | 'binary' | 'embeddings';
  /** The dialect it is put in. Only conversations and embeddings are ever translated. */
  readonly dialect: Wire;
}

const json = (name: string): Operation => ({ name, body: 'json', answer: 'json', dialect: 'chat' });
const media = (name: string, body: 'json' | 'multipart'): Operation => ({
  name,
  body,
  answer: 'binary',
  dialect: 'chat',
});

/** A conversation that every kind of upstream can be asked for. */
export const conversations: Readonly<Record<DialectName, Operation>> = {
  chat: { name: 'chat/completions', body: 'json', answer: 'chat', dialect: 'chat' },
  responses: { name: 'responses', body: 'json', answer: 'chat', dialect: 'responses' },
  messages: { name: 'messages', body: 'json', answer: 'chat', dialect: 'messages' },
  gemini: { name: 'generateContent', body: 'json', answer: 'chat', dialect: 'gemini' },
};

/** The same as an upstream is asked for it. */
export const upstreamConversations: Readonly<Record<WireName, Operation<WireName>>> = {
  ...conversations,
  ondemand: { name: 'query', body: 'json', answer: 'chat', dialect: 'ondemand' },
};

export const isConversation = (operation: Operation<WireName>): boolean =>
  upstreamConversations[operation.dialect].name === operation.name;

/** The OpenAI and Anthropic routes of CONTRACT section 5, by their path below `/v1/`. */
export const operationsByPath: Readonly<Record<string, Operation>> = {
  'chat/completions': conversations.chat,
  responses: conversations.responses,
  messages: conversations.messages,
  completions: { name: 'completions', body: 'json', answer: 'chat', dialect: 'chat' },
  embeddings: { name: 'embeddings', body: 'json', answer: 'embeddings', dialect: 'chat' },
  moderations: json('moderations'),
  rerank: json('rerank'),
  'images/generations': media('images/generations', 'json'),
  'images/edits': media('images/edits', 'multipart'),
  'images/variations': media('images/variations', 'multipart'),
  'audio/speech': media('audio/speech', 'json'),
  'audio/transcriptions': media('audio/transcriptions', 'multipart'),
  'audio/translations': media('audio/translations', 'multipart'),
};

/** The Gemini methods behind `/v1beta/models/MODEL:`, and whether they stream. */
export const geminiMethods: Readonly<Record<string, { operation: Operation; stream: boolean }>> = {
  generateContent: { operation: conversations.gemini, stream: false },
  streamGenerateContent: { operation: conversations.gemini, stream: true },
  embedContent: {
    operation: { name: 'embedContent', body: 'json', answer: 'embeddings', dialect: 'gemini' },
    stream: false,
  },
  batchEmbedContents: {
    operation: { name: 'batchEmbedContents', body: 'json', answer: 'embeddings', dialect: 'gemini' },
    stream: false,
  },
};
