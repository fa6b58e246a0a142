import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerTextOf } from '../../../main/metering/answerText.ts';
import { guessTokens } from '../../../main/metering/guessTokens.ts';
import { flatTokensOfPrompt, promptTextOf } from '../../../main/metering/promptText.ts';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe('the text of a prompt', () => {
  test('of a chat: messages, parts, tool calls and tools, but nothing that only steers', () => {
    const body = {
      model: 'gpt-4o',
      user: 'someone',
      temperature: 0.5,
      messages: [
        { role: 'system', content: 'be kind' },
        {
          role: 'user',
          name: 'ann',
          content: [
            { type: 'text', text: 'what is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://x/y.png', detail: 'low' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'let me look',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'a cat' },
      ],
      tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
    };
    expect(lines(promptTextOf(body)).sort()).toEqual(
      [
        'be kind',
        'ann',
        'what is this?',
        'let me look',
        'look',
        '{"at":1}',
        'a cat',
        JSON.stringify(body.tools),
      ].sort(),
    );
    // Four messages, the reply, an image and a small one.
    expect(flatTokensOfPrompt(body)).toBe(4 * 3 + 3 + 765 + 85);
  });

  test('of completions, embeddings, moderations and rerank', () => {
    expect(lines(promptTextOf({ prompt: 'once', suffix: 'the end' }))).toEqual(['once', 'the end']);
    expect(lines(promptTextOf({ prompt: ['a', 'b'] }))).toEqual(['a', 'b']);
    expect(lines(promptTextOf({ input: ['a', 'b'], model: 'm' }))).toEqual(['a', 'b']);
    expect(lines(promptTextOf({ query: 'q', documents: ['a', { text: 'b' }] }))).toEqual(['q', 'a', 'b']);
    const tokens = { input: [[1, 2, 3], [4]] };
    expect(promptTextOf(tokens)).toBe('');
    expect(flatTokensOfPrompt(tokens)).toBe(4 + 3);
  });

  test('of responses and of an Anthropic body', () => {
    const responses = {
      instructions: 'be brief',
      input: [
        {
          type: 'message',
          role: 'user',
          content: [{ type: 'input_text', text: 'hello' }, { type: 'input_image' }],
        },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: 'done' },
      ],
    };
    expect(lines(promptTextOf(responses))).toEqual(['be brief', 'hello', 'f', '{}', 'done']);
    expect(flatTokensOfPrompt(responses)).toBe(765 + 3 + 3);
    const anthropic = {
      system: [{ type: 'text', text: 'be kind', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: { a: 1 } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] },
      ],
    };
    expect(lines(promptTextOf(anthropic))).toEqual(['be kind', 'f', '{"a":1}', 'ok']);
  });

  test('of anything else is a text, and takes no time', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof promptTextOf(value)).toBe('string');
        expect(typeof promptTextOf({ messages: value, tools: value, input: value })).toBe('string');
        expect(flatTokensOfPrompt({ messages: value, input: value })).toBeGreaterThanOrEqual(0);
      }),
    );
    const deep = JSON.parse(`${'[{"content":'.repeat(20_000)}"x"${'}]'.repeat(20_000)}`) as unknown;
    expect(promptTextOf({ messages: deep, tools: deep })).toBe('');
  });
});

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const sse = (...events: unknown[]) =>
  Buffer.from(
    events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''),
  );

describe('the text of an answer', () => {
  test('that is one document', () => {
    const answer = {
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Hello',
            reasoning_content: 'thinking',
            reasoning: 'thinking',
            tool_calls: [
              { id: 'c1', function: { name: 'f', arguments: '{"a":1}' } },
              { id: 'c2', function: { name: 'g', arguments: '{"b":2}' } },
            ],
          },
        },
        { index: 1, message: { content: [{ type: 'text', text: 'parts' }], refusal: 'no' } },
      ],
      usage: null,
    };
    expect(lines(answerTextOf(bytesOf(answer), false)).sort()).toEqual(
      ['Hello', 'thinking', 'f', '{"a":1}', 'g', '{"b":2}', 'parts', 'no'].sort(),
    );
    expect(answerTextOf(bytesOf({ choices: [{ text: 'once upon' }] }), false)).toBe('once upon');
    const response = {
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
        { type: 'function_call', name: 'f', arguments: '{}' },
      ],
    };
    expect(lines(answerTextOf(bytesOf(response), false))).toEqual(['hm', 'Hi', 'f', '{}']);
    expect(answerTextOf(bytesOf({ data: [{ embedding: [0.1] }] }), false)).toBe('');
  });

  test('that is a stream: pieces of each choice, channel and tool belong together', () => {
    const piece = (delta: unknown, index = 0) => ({ choices: [{ index, delta }] });
    const call = (index: number, part: unknown) => piece({ tool_calls: [{ index, function: part }] });
    const stream = sse(
      piece({ role: 'assistant', content: '' }),
      piece({ reasoning_content: 'th' }),
      piece({ reasoning_content: 'ink' }),
      piece({ content: 'Hel' }),
      piece({ content: 'other' }, 1),
      piece({ content: 'lo' }),
      call(0, { name: 'f', arguments: '' }),
      call(1, { name: 'g', arguments: '{"b"' }),
      call(0, { arguments: '{"a":1}' }),
      call(1, { arguments: ':2}' }),
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      { choices: [], usage: { prompt_tokens: 1 } },
      '[DONE]',
    );
    const expected = ['think', 'Hello', 'other', 'f', '{"a":1}', 'g', '{"b":2}'].sort();
    expect(lines(answerTextOf(stream, true)).sort()).toEqual(expected);
    const windows = Buffer.from(`: comment\r\n\r\n${stream.toString('utf8').replaceAll('\n', '\r\n')}`);
    expect(lines(answerTextOf(windows, true)).sort()).toEqual(expected);
  });

  test('that is a responses stream is not counted three times', () => {
    const stream = sse(
      { type: 'response.created', response: { output: [] } },
      { type: 'response.output_text.delta', output_index: 0, delta: 'Hel' },
      { type: 'response.output_text.delta', output_index: 0, delta: 'lo' },
      { type: 'response.output_text.done', output_index: 0, text: 'Hello' },
      { type: 'response.output_item.added', output_index: 1, item: { type: 'function_call', name: 'f' } },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{}' },
      { type: 'response.completed', response: { output: [{ content: [{ text: 'Hello' }] }] } },
    );
    expect(lines(answerTextOf(stream, true))).toEqual(['Hello', 'f', '{}']);
  });

  test('that is torn anywhere loses at most the torn event', () => {
    const stream = sse(
      ...Array.from({ length: 20 }, (_, n) => ({ choices: [{ delta: { content: `w${n} ü` } }] })),
    );
    const whole = answerTextOf(stream, true);
    for (let end = 0; end <= stream.length; end++) {
      const text = answerTextOf(stream.subarray(0, end), true);
      expect(whole.startsWith(text)).toBe(true);
      expect(text.length).toBeGreaterThanOrEqual(Math.floor((whole.length * end) / stream.length) - 12);
    }
  });

  test('that is something else is a text all the same', () => {
    fc.assert(
      fc.property(fc.anything(), fc.uint8Array(), (value, noise) => {
        for (const stream of [true, false]) {
          const json = JSON.stringify(
            { choices: [value, { delta: value }, { message: value }], output: value },
            (_, item) => (typeof item === 'bigint' ? String(item) : (item as unknown)),
          );
          expect(typeof answerTextOf(Buffer.from(stream ? `data: ${json}\n\n` : json), stream)).toBe(
            'string',
          );
          expect(answerTextOf(Buffer.from(noise), stream)).toBe('');
        }
      }),
    );
  });
});

test('a guess is about four bytes a token', () => {
  expect([0, 1, 4, 5, 4000, -1].map(guessTokens)).toEqual([0, 1, 1, 2, 1000, 0]);
});
