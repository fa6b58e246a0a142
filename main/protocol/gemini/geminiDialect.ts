import type { Dialect } from '../dialect.ts';
import { decodeGeminiRequest } from './decodeGeminiRequest.ts';
import { decodeGeminiResult } from './decodeGeminiResult.ts';
import { encodeGeminiRequest } from './encodeGeminiRequest.ts';
import { encodeGeminiResult } from './encodeGeminiResult.ts';
import { ownThoughtsOnly } from './foreignThoughts.ts';
import { readGeminiAnswer } from './geminiAnswer.ts';
import { geminiErrorBody } from './geminiError.ts';
import { createGeminiStreamDecoder } from './geminiStreamDecoder.ts';
import { createGeminiStreamEncoder } from './geminiStreamEncoder.ts';
import { createGeminiTap } from './geminiTap.ts';

/** Google's generateContent, v1beta. */
export const geminiDialect: Dialect = {
  name: 'gemini',
  toolNames: /^[a-zA-Z_][\w.:-]{0,127}$/,
  customTools: false,
  decodeRequest: decodeGeminiRequest,
  encodeRequest: encodeGeminiRequest,
  decodeResult: decodeGeminiResult,
  encodeResult: encodeGeminiResult,
  createStreamDecoder: createGeminiStreamDecoder,
  createStreamEncoder: createGeminiStreamEncoder,
  ownOnly: ownThoughtsOnly,
  createTap: () => createGeminiTap(),
  readAnswer: readGeminiAnswer,
  errorBody: (error) => geminiErrorBody(error),
};
