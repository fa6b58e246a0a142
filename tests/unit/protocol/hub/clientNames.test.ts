import { expect, it } from 'vitest';
import { dialects, upstreamDialects } from '../../../../main/protocol/dialects.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';

const text = 'Hi';
const messages = [{ role: 'user', content: text }];

it.each([
  ['chat', { messages, max_tokens: 9, seed: 1 }, ['max_tokens', 'seed']],
  ['chat', { messages, max_completion_tokens: 9, top_k: 2 }, ['max_completion_tokens', 'top_k']],
  [
    'responses',
    { input: text, max_output_tokens: 9, text: { verbosity: 'low' } },
    ['max_output_tokens', 'text.verbosity'],
  ],
  [
    'messages',
    { messages, max_tokens: 9, stop_sequences: [...'abcde'], metadata: { user_id: 'u' } },
    ['max_tokens', 'metadata.user_id', 'stop_sequences'],
  ],
  [
    'gemini',
    { contents: [{ parts: [{ text }] }], generationConfig: { maxOutputTokens: 9, topK: 2, seed: 1 } },
    ['maxOutputTokens', 'seed', 'topK'],
  ],
] as const)('a client of %s is told what was left out in its own words', (dialect, body, dropped) => {
  const turn = dialects[dialect].decodeRequest({ model: 'm', ...body } as unknown as JsonObject, {
    model: 'm',
    stream: false,
  });
  expect(upstreamDialects.ondemand.encodeRequest(turn, { model: 'm' }).dropped.toSorted()).toEqual(dropped);
});

it('a name that no client uses stays as it is, whatever it is', () => {
  const turn = dialects.messages.decodeRequest(
    {
      model: 'm',
      max_tokens: 9,
      messages,
      tools: [{ type: 'constructor', name: 'constructor' }],
    } as unknown as JsonObject,
    { model: 'm', stream: false },
  );
  expect(upstreamDialects.chat.encodeRequest(turn, { model: 'm' }).dropped).toEqual(['constructor']);
});
