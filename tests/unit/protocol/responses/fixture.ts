import { readFileSync } from 'node:fs';
import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import { plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';

export const readFixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/responses/${name}`, import.meta.url), 'utf8');

export const readJsonFixture = (name: string): JsonObject => JSON.parse(readFixture(name)) as JsonObject;

/** A turn in which nothing is asked but what is given. */
export const turnWith = (some: Partial<Turn>): Turn =>
  plainTurn({
    model: 'm',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
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
