import { chatErrorBody } from '../chat/chatError.ts';
import type { Dialect } from '../dialect.ts';
import { decodeResponsesRequest } from './decodeResponsesRequest.ts';
import { decodeResponsesResult } from './decodeResponsesResult.ts';
import { encodeResponsesRequest } from './encodeResponsesRequest.ts';
import { encodeResponsesResult } from './encodeResponsesResult.ts';
import { ownReasoningOnly } from './ownReasoning.ts';
import { readResponsesAnswer } from './responsesAnswer.ts';
import { createResponsesStreamDecoder } from './responsesStreamDecoder.ts';
import { createResponsesStreamEncoder } from './responsesStreamEncoder.ts';
import { createResponsesTap } from './responsesTap.ts';

/** OpenAI's responses API, of its own models, Azure's, and the servers that speak it too. */
export const responsesDialect: Dialect = {
  name: 'responses',
  toolNames: /^[\w-]{1,64}$/,
  customTools: true,
  decodeRequest: decodeResponsesRequest,
  encodeRequest: encodeResponsesRequest,
  decodeResult: decodeResponsesResult,
  encodeResult: encodeResponsesResult,
  createStreamDecoder: createResponsesStreamDecoder,
  createStreamEncoder: createResponsesStreamEncoder,
  ownOnly: ownReasoningOnly,
  createTap: createResponsesTap,
  readAnswer: readResponsesAnswer,
  errorBody: chatErrorBody,
};
