import { readFileSync } from 'node:fs';
import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import type { JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';

export const readFixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/responses/${name}`, import.meta.url), 'utf8');

export const readJsonFixture = (name: string): JsonObject => JSON.parse(readFixture(name)) as JsonObject;

/** A turn in which nothing is asked but what is given. */
export const turnWith = (some: Partial<Turn>): Turn => ({
  model: 'm',
  stream: false,
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  tools: [],
  toolChoice: null,
  parallelToolCalls: null,
  output: null,
  reasoning: null,
  sampling: {
    temperature: null,
    topP: null,
    topK: null,
    presencePenalty: null,
    frequencyPenalty: null,
    seed: null,
    logprobs: null,
    topLogprobs: null,
    logitBias: null,
    candidates: null,
  },
  maxTokens: null,
  stop: [],
  user: null,
  cacheKey: null,
  verbosity: null,
  serviceTier: null,
  dropped: [],
  ...some,
});

/** `body`: what the client sent. */
export const contextFor = (body: JsonObject = {}): AnswerContext => ({
  requestId: 'req_t1',
  model: 'the-model',
  created: 1_781_200_000,
  wantsUsage: false,
  turn: turnWith({}),
  body,
  inputTokens: 11,
});
