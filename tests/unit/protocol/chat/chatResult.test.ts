import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { decodeChatResult } from '../../../../main/protocol/chat/decodeChatResult.ts';
import { encodeChatResult } from '../../../../main/protocol/chat/encodeChatResult.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject, Part } from '../../../../main/protocol/hub/turn.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { contextOf } from './turnOf.ts';

const decode = (body: object) => decodeChatResult(body as JsonObject, 'req_1');
const completion = (message: object, finish: string | null = 'stop', more: object = {}) => ({
  id: 'up',
  model: 'um',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  ...more,
});
const resultOf = (parts: readonly Part[], given: Partial<TurnResult> = {}): TurnResult => ({
  id: 'up',
  model: 'um',
  parts,
  finish: 'stop',
  stopSequence: null,
  usage: null,
  ...given,
});
const call = (given: object = {}): Part => ({
  type: 'toolCall',
  kind: 'function',
  id: 'c',
  name: 'f',
  arguments: '{}',
  ...given,
});

describe('decodeChatResult', () => {
  it('reads a whole answer', () => {
    const body = completion(
      {
        content: 'Hi',
        reasoning_content: 'hm',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      'tool_calls',
      { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    );
    expect(decode(body)).toEqual({
      id: 'up',
      model: 'um',
      parts: [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Hi' },
        call({ arguments: '{"a":1}' }),
      ],
      finish: 'toolCalls',
      stopSequence: null,
      usage: { inputTokens: 1, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 2, reasoningTokens: 0 },
    });
  });

  it('reads calls that all lack an index', () => {
    const one = (id: string) => ({ id, function: { name: 'f', arguments: '' } });
    const { parts, finish } = decode(completion({ content: null, tool_calls: [one('a'), one('b')] }, null));
    expect(parts).toMatchObject([{ id: 'a', arguments: '{}' }, { id: 'b' }]);
    expect(finish).toBe('toolCalls');
  });

  it('takes a missing reason for a stop', () => {
    expect(decode(completion({ content: 'x' }, null)).finish).toBe('stop');
  });

  it.each([
    [{ error: { message: 'quota' } }, 'quota'],
    [{ code: 'Throttling', message: 'slow down' }, 'slow down'],
    [{ choices: [] }, 'no choices'],
    [{ type: 'message', content: [] }, 'no choices'],
  ])('%j is no answer', (body, words) => {
    expect(() => decode(body)).toThrow(ForeignEventError);
    expect(() => decode(body)).toThrow(words);
  });
});

describe('encodeChatResult', () => {
  const encode = (result: TurnResult, body = {}) => encodeChatResult(result, contextOf({ body }));
  const messageOf = (...parts: Part[]) => encode(resultOf(parts)).choices[0]?.message;

  it('is a completion of the official type', () => {
    const usage = {
      inputTokens: 5,
      cachedTokens: 4,
      cacheWriteTokens: 0,
      outputTokens: 3,
      reasoningTokens: 1,
    };
    const answer = encode(resultOf([{ type: 'text', text: 'Hi' }], { usage, finish: 'length' }));
    answer satisfies OpenAI.ChatCompletion;
    expect(answer).toEqual({
      id: 'chatcmpl-abc',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'asked-model',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hi', refusal: null },
          logprobs: null,
          finish_reason: 'length',
        },
      ],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 3,
        total_tokens: 8,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 1 },
        cache_read_input_tokens: 4,
        cache_creation_input_tokens: 0,
      },
    });
  });

  it('has null content only beside calls', () => {
    expect(messageOf(call())).toMatchObject({ content: null, tool_calls: [{ id: 'c', type: 'function' }] });
    expect(messageOf()).toMatchObject({ content: '' });
    expect(encode(resultOf([call()])).choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('tells reasoning, pictures, citations, refusals and proofs', () => {
    const citation = { url: 'https://x.test', title: 'X', quote: null, start: null, end: null };
    const source = { from: 'base64', data: 'AAAA' } as const;
    const message = messageOf(
      { type: 'reasoning', text: 'a', signature: { family: 'anthropic', value: 's' } },
      { type: 'reasoning', text: 'b' },
      { type: 'text', text: 'four', citations: [citation] },
      { type: 'media', media: 'image', mediaType: null, source, name: null, detail: null },
      { type: 'refusal', text: 'no' },
      call({ signature: { family: 'gemini', value: 'sig' } }),
      { type: 'toolCall', kind: 'custom', id: 'd', name: 'sql', arguments: 'select' },
    );
    expect(message).toEqual({
      role: 'assistant',
      content: 'four',
      refusal: 'no',
      reasoning_content: 'a\n\nb',
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
      annotations: [
        {
          type: 'url_citation',
          url_citation: { start_index: 4, end_index: 4, title: 'X', url: 'https://x.test' },
        },
      ],
      tool_calls: [
        {
          id: 'c',
          type: 'function',
          function: { name: 'f', arguments: '{}' },
          extra_content: { google: { thought_signature: 'sig' } },
        },
        { id: 'd', type: 'custom', custom: { name: 'sql', input: 'select' } },
      ],
    });
  });

  it('guesses what was not counted', () => {
    expect(encode(resultOf([{ type: 'text', text: 'x'.repeat(10) }])).usage).toMatchObject({
      prompt_tokens: 7,
      completion_tokens: 3,
      total_tokens: 10,
    });
  });

  it('speaks to a client of old in its words', () => {
    const [choice] = encode(resultOf([call()]), { functions: [{ name: 'f' }] }).choices;
    expect(choice).toMatchObject({
      finish_reason: 'function_call',
      message: { content: null, function_call: { name: 'f', arguments: '{}' } },
    });
    expect(choice?.message).not.toHaveProperty('tool_calls');
  });
});
