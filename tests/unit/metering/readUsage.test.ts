import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readUsage } from '../../../main/metering/readUsage.ts';

const counts = (usage: unknown) => {
  const tokens = readUsage(usage);
  return tokens && [tokens.input, tokens.output, tokens.cached, tokens.reasoning];
};

describe('what an upstream says it used', () => {
  test('is read in the spellings that are about', () => {
    const cases: [string, unknown, number[]][] = [
      [
        'OpenAI chat',
        {
          prompt_tokens: 100,
          completion_tokens: 50,
          total_tokens: 150,
          prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 30 },
        },
        [100, 50, 64, 30],
      ],
      [
        'OpenAI responses',
        {
          input_tokens: 100,
          input_tokens_details: { cached_tokens: 10 },
          output_tokens: 50,
          output_tokens_details: { reasoning_tokens: 20 },
          total_tokens: 150,
        },
        [100, 50, 10, 20],
      ],
      ['embeddings', { prompt_tokens: 8, total_tokens: 8 }, [8, 0, 0, 0]],
      ['a total only', { total_tokens: 12 }, [12, 0, 0, 0]],
      [
        'Gemini’s OpenAI surface, whose thoughts stand in the total alone',
        { prompt_tokens: 10, completion_tokens: 5, total_tokens: 115 },
        [10, 105, 0, 100],
      ],
      ['no completion count', { prompt_tokens: 8, total_tokens: 20 }, [8, 12, 0, 0]],
      [
        'DeepSeek',
        {
          prompt_tokens: 100,
          completion_tokens: 5,
          prompt_cache_hit_tokens: 60,
          prompt_cache_miss_tokens: 40,
        },
        [100, 5, 60, 0],
      ],
      ['Moonshot', { prompt_tokens: 100, completion_tokens: 5, cached_tokens: 80 }, [100, 5, 80, 0]],
      [
        'xAI, reasoning beside the completion',
        {
          prompt_tokens: 100,
          completion_tokens: 5,
          total_tokens: 305,
          completion_tokens_details: { reasoning_tokens: 200 },
        },
        [100, 205, 0, 200],
      ],
      [
        'Anthropic, cache beside the input',
        { input_tokens: 10, cache_read_input_tokens: 70, cache_creation_input_tokens: 20, output_tokens: 5 },
        [100, 5, 70, 0],
      ],
      [
        'OpenAI with Anthropic’s names as copies',
        {
          prompt_tokens: 100,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 70 },
          cache_read_input_tokens: 70,
        },
        [100, 5, 70, 0],
      ],
      [
        'Gemini, thoughts beside the candidates',
        {
          promptTokenCount: 90,
          toolUsePromptTokenCount: 10,
          cachedContentTokenCount: 50,
          candidatesTokenCount: 7,
          thoughtsTokenCount: 3,
          totalTokenCount: 110,
        },
        [100, 10, 50, 3],
      ],
      ['numbers as text', { prompt_tokens: '100', completion_tokens: ' 5 ' }, [100, 5, 0, 0]],
      [
        'nulls where details should be',
        {
          prompt_tokens: 100,
          completion_tokens: 5,
          prompt_tokens_details: null,
          completion_tokens_details: null,
        },
        [100, 5, 0, 0],
      ],
      [
        'nonsense among sense',
        { prompt_tokens: 100, completion_tokens: -5, reasoning_tokens: 'many' },
        [100, 0, 0, 0],
      ],
      [
        'parts larger than the whole',
        {
          prompt_tokens: 10,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 50 },
          reasoning_tokens: 50,
        },
        [10, 5, 10, 5],
      ],
    ];
    for (const [name, usage, expected] of cases) expect([name, counts(usage)]).toEqual([name, expected]);
    expect(readUsage({ prompt_tokens: 1, completion_tokens: 1 })?.source).toBe('reported');
  });

  test('is nothing where there are no counts', () => {
    const empty = [
      undefined,
      null,
      0,
      'usage',
      [],
      {},
      { prompt_tokens: null },
      { prompt_tokens: 0, completion_tokens: 0 },
    ];
    for (const usage of empty) expect(readUsage(usage)).toBeNull();
  });

  test('is sound, whatever an upstream makes up', () => {
    const name = fc.constantFrom(
      'prompt_tokens',
      'completion_tokens',
      'total_tokens',
      'input_tokens',
      'output_tokens',
      'prompt_tokens_details',
      'completion_tokens_details',
      'cached_tokens',
      'reasoning_tokens',
      'cache_read_input_tokens',
      'promptTokenCount',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.anything()), (usage) => {
        const tokens = readUsage(usage);
        if (tokens === null) return;
        for (const count of [tokens.input, tokens.output, tokens.cached, tokens.reasoning]) {
          expect(Number.isFinite(count) && count >= 0).toBe(true);
        }
        expect(tokens.cached).toBeLessThanOrEqual(tokens.input);
        expect(tokens.reasoning).toBeLessThanOrEqual(tokens.output);
      }),
    );
  });
});
