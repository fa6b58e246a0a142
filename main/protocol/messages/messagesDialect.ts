import type { Dialect } from '../dialect.ts';
import { decodeMessagesRequest } from './decodeMessagesRequest.ts';
import { decodeMessagesResult } from './decodeMessagesResult.ts';
import { encodeMessagesRequest } from './encodeMessagesRequest.ts';
import { encodeMessagesResult } from './encodeMessagesResult.ts';
import { ownThinkingOnly } from './foreignThinking.ts';
import { readMessagesAnswer } from './messagesAnswer.ts';
import { messagesErrorBody } from './messagesError.ts';
import { createMessagesStreamDecoder } from './messagesStreamDecoder.ts';
import { createMessagesStreamEncoder } from './messagesStreamEncoder.ts';
import { createMessagesTap } from './messagesTap.ts';

/** Anthropic's Messages API. */
export const messagesDialect: Dialect = {
  name: 'messages',
  toolNames: /^[\w-]{1,128}$/,
  customTools: false,
  decodeRequest: decodeMessagesRequest,
  encodeRequest: encodeMessagesRequest,
  decodeResult: decodeMessagesResult,
  encodeResult: encodeMessagesResult,
  createStreamDecoder: createMessagesStreamDecoder,
  createStreamEncoder: createMessagesStreamEncoder,
  ownOnly: ownThinkingOnly,
  createTap: createMessagesTap,
  readAnswer: readMessagesAnswer,
  errorBody: messagesErrorBody,
};
