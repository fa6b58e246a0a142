import type { Dialect } from '../dialect.ts';
import { readChatAnswer } from './chatAnswer.ts';
import { chatErrorBody } from './chatError.ts';
import { createChatStreamDecoder } from './chatStreamDecoder.ts';
import { createChatStreamEncoder } from './chatStreamEncoder.ts';
import { createChatTap } from './chatTap.ts';
import { decodeChatRequest } from './decodeChatRequest.ts';
import { decodeChatResult } from './decodeChatResult.ts';
import { encodeChatRequest } from './encodeChatRequest.ts';
import { encodeChatResult } from './encodeChatResult.ts';

/** OpenAI chat completions, as OpenAI and the many who speak like it do. */
export const chatDialect: Dialect = {
  name: 'chat',
  toolNames: /^[\w-]{1,64}$/,
  customTools: false,
  decodeRequest: decodeChatRequest,
  encodeRequest: encodeChatRequest,
  decodeResult: decodeChatResult,
  encodeResult: encodeChatResult,
  createStreamDecoder: createChatStreamDecoder,
  createStreamEncoder: createChatStreamEncoder,
  ownOnly: (body) => body,
  createTap: createChatTap,
  readAnswer: (body) => readChatAnswer(body, true),
  errorBody: chatErrorBody,
};
