import { describe, expect, it } from 'vitest';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject, ReasoningWish, Turn } from '../../../../main/protocol/hub/turn.ts';
import { modelTraits } from '../../../../main/protocol/messages/messagesModels.ts';
import { violations } from './messagesRules.ts';
import { aTurn, encode, holds, says } from './turns.ts';

const wish = (changes: Partial<ReasoningWish>): ReasoningWish => ({
  effort: null,
  budgetTokens: null,
  adaptive: false,
  visible: null,
  ...changes,
});
const thinkingOf = (changes: Partial<ReasoningWish>, model: string, turn: Partial<Turn> = {}) => {
  const { body, dropped, repairs } = encode(
    aTurn({ ...turn, sampling: {}, reasoning: wish(changes) }),
    model,
  );
  return {
    thinking: body.thinking,
    config: body.output_config,
    max: body.max_tokens,
    dropped,
    repairs,
    body,
  };
};

describe('encodeMessagesRequest: thinking', () => {
  it.each([
    ['claude-sonnet-4-5', { effort: 'high' }, { type: 'enabled', budget_tokens: 16_384 }, undefined],
    ['claude-sonnet-4-5', { budgetTokens: 10 }, { type: 'enabled', budget_tokens: 1_024 }, undefined],
    [
      'claude-3-7-sonnet-20250219',
      { budgetTokens: -1 },
      { type: 'enabled', budget_tokens: 8_192 },
      undefined,
    ],
    ['claude-sonnet-4-5', { effort: 'none' }, { type: 'disabled' }, undefined],
    ['claude-sonnet-4-5', {}, undefined, undefined],
    ['claude-opus-4-6', { effort: 'xhigh' }, { type: 'adaptive', display: 'summarized' }, { effort: 'high' }],
    [
      'claude-opus-4-7',
      { effort: 'xhigh', visible: false },
      { type: 'adaptive', display: 'omitted' },
      { effort: 'xhigh' },
    ],
    ['claude-opus-4-7', { effort: 'none' }, undefined, undefined],
    [
      'claude-sonnet-5',
      { effort: 'minimal' },
      { type: 'adaptive', display: 'summarized' },
      { effort: 'low' },
    ],
    ['claude-sonnet-5', { budgetTokens: 0 }, { type: 'disabled' }, undefined],
    ['claude-sonnet-5-5', { effort: 'none' }, { type: 'between_tools' }, undefined],
    ['claude-opus-5-5', { effort: 'none' }, undefined, { effort: 'low' }],
    ['claude-opus-4-6', { adaptive: true }, { type: 'adaptive', display: 'summarized' }, undefined],
    ['claude-opus-4-6', { visible: true }, { type: 'adaptive', display: 'summarized' }, undefined],
    ['glm-4.7', { effort: 'none' }, { type: 'disabled' }, undefined],
  ] as const)('%s and %j', (model, asked, thinking, config) => {
    const sent = thinkingOf(asked, model);
    expect(sent.thinking).toEqual(thinking);
    expect(sent.config).toEqual(config);
    expect(violations(sent.body)).toEqual([]);
  });

  it('raises max_tokens above the budget, within what the model can', () => {
    expect(thinkingOf({ effort: 'high' }, 'claude-sonnet-4-5', { maxTokens: 500 })).toMatchObject({
      thinking: { budget_tokens: 16_384 },
      max: 16_884,
      repairs: ['raised max_tokens above the thinking budget'],
    });
    const most = thinkingOf({ budgetTokens: 60_000 }, 'claude-opus-4-1', { maxTokens: 32_000 });
    expect(most).toMatchObject({ max: 32_000, thinking: { budget_tokens: 27_904 } });
    expect(violations(most.body)).toEqual([]);
  });

  it('thinks not at all where a tool is forced, where it can’t, or where the last answer did not', () => {
    const tools = [{ kind: 'function' as const, name: 'f', description: null, schema: null, strict: null }];
    const forced = { tools, toolChoice: { type: 'required' as const } };
    for (const model of ['claude-sonnet-4-5', 'claude-opus-4-6'])
      expect(thinkingOf({ effort: 'high' }, model, forced)).toMatchObject({
        thinking: undefined,
        dropped: ['reasoning'],
      });
    expect(thinkingOf({ effort: 'high' }, 'claude-3-5-haiku-20241022')).toMatchObject({
      thinking: undefined,
      dropped: ['reasoning'],
    });
    const loop = {
      tools,
      messages: [
        says('user', 'Hi'),
        holds('assistant', { type: 'toolCall', kind: 'function', id: 'a', name: 'f', arguments: '{}' }),
        holds('user', {
          type: 'toolResult',
          callId: 'a',
          name: null,
          kind: 'function',
          parts: [],
          isError: false,
        }),
      ],
    };
    expect(thinkingOf({ effort: 'high' }, 'claude-sonnet-4-5', loop)).toMatchObject({
      thinking: undefined,
      dropped: ['reasoning'],
    });
    expect(thinkingOf({ effort: 'high' }, 'claude-opus-4-6', loop)).toMatchObject({
      thinking: { type: 'adaptive' },
      dropped: [],
    });
  });
});

describe('encodeMessagesRequest: options', () => {
  it('always names max_tokens: the client’s, the model’s own, or the most it can', () => {
    expect(encode(aTurn({ maxTokens: 5 })).body.max_tokens).toBe(5);
    expect(encode(aTurn()).body.max_tokens).toBe(64_000);
    expect(encode(aTurn(), 'kimi-k2').body.max_tokens).toBe(8_192);
    expect(encode(aTurn({ maxTokens: 128_000 }), 'kimi-k2').body.max_tokens).toBe(128_000);
    const lowered = encode(aTurn({ maxTokens: 128_000 }), 'claude-3-haiku-20240307');
    expect(lowered.body.max_tokens).toBe(4_096);
    expect(lowered.repairs).toEqual(['lowered max_tokens to 4096']);
  });

  it('sends the sampling that the model takes', () => {
    const sampling = { temperature: 1.5, topP: 0.9, topK: 5 };
    const of = (model: string, reasoning: ReasoningWish | null = null) => {
      const { body, dropped } = encode(aTurn({ sampling, reasoning }), model);
      return { temperature: body.temperature, top_p: body.top_p, top_k: body.top_k, dropped };
    };
    expect(of('claude-sonnet-4-0')).toEqual({ temperature: 1, top_p: 0.9, top_k: 5, dropped: [] });
    expect(of('claude-opus-4-1')).toEqual({ temperature: 1, top_p: undefined, top_k: 5, dropped: ['top_p'] });
    const none = { temperature: undefined, top_p: undefined, top_k: undefined };
    expect(of('claude-opus-4-7')).toEqual({ ...none, dropped: ['temperature', 'top_p', 'top_k'] });
    expect(of('claude-sonnet-4-5', wish({ effort: 'low' })).dropped).toEqual([
      'temperature',
      'top_p',
      'top_k',
    ]);
  });

  it('holds the answer to a schema, or asks for it in words', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer', minimum: 1 } },
      required: ['a'],
    } satisfies JsonObject;
    const output = { type: 'schema' as const, name: 'x', description: null, schema, strict: true };
    expect(encode(aTurn({ output })).body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { a: { type: 'integer', description: 'minimum: 1' } },
          required: ['a'],
          additionalProperties: false,
        },
      },
    });
    const older = encode(aTurn({ output }), 'claude-sonnet-4-0');
    expect(older.body.output_config).toBe(undefined);
    expect(JSON.stringify(older.body.system)).toContain('\\"minimum\\":1');
    const map = { ...output, schema: { type: 'object', additionalProperties: { type: 'string' } } };
    expect(encode(aTurn({ output: map })).body.output_config).toBe(undefined);
    const json = encode(aTurn({ output: { type: 'json' } }));
    expect(JSON.stringify(json.body.system)).toContain('JSON object');
    expect(json.repairs).toEqual(['asked for JSON in words']);
  });

  it('says nothing of penalties that are none', () => {
    const { dropped } = encode(aTurn({ sampling: { presencePenalty: 0, frequencyPenalty: 0 } }));
    expect(dropped).toEqual([]);
  });

  it('carries the user, stop sequences and the tier, and names what it can’t hold', () => {
    const { body, dropped } = encode(
      aTurn({
        stream: true,
        user: 'u1',
        stop: ['###', ' '],
        serviceTier: 'default',
        verbosity: 'low',
        sampling: {
          seed: 7,
          logprobs: true,
          topLogprobs: 2,
          presencePenalty: -1,
          frequencyPenalty: 1,
          logitBias: {},
          candidates: 1,
        },
      }),
    );
    expect(body).toMatchObject({
      model: 'claude-sonnet-4-5',
      stream: true,
      metadata: { user_id: 'u1' },
      stop_sequences: ['###'],
      service_tier: 'standard_only',
    });
    expect(dropped.toSorted()).toEqual([
      'frequency_penalty',
      'logit_bias',
      'logprobs',
      'presence_penalty',
      'seed',
      'stop',
      'top_logprobs',
      'verbosity',
    ]);
    expect(encode(aTurn({ serviceTier: 'flex' })).dropped).toEqual(['service_tier']);
  });

  it('refuses several answers at once', () => {
    expect(() => encode(aTurn({ sampling: { candidates: 2 } }))).toThrow(CannotHoldError);
  });
});

describe('modelTraits', () => {
  it.each([
    ['claude-3-opus-20240229', 4_096, 'none', 'all'],
    ['claude-3-5-sonnet-20241022', 8_192, 'none', 'all'],
    ['claude-3-7-sonnet-latest', 64_000, 'budget', 'all'],
    ['claude-opus-4-20250514', 32_000, 'budget', 'all'],
    ['claude-sonnet-4@20250514', 64_000, 'budget', 'all'],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', 32_000, 'budget', 'one'],
    ['anthropic/claude-haiku-4.5', 64_000, 'budget', 'one'],
    ['claude-opus-4-5-20251101', 64_000, 'budget', 'one'],
    ['claude-sonnet-4-6', 128_000, 'adaptive', 'one'],
    ['claude-opus-4-8', 128_000, 'adaptive', 'none'],
    ['claude-mythos-preview', 128_000, 'adaptive', 'none'],
    ['claude-fable-5-2', 128_000, 'adaptive', 'none'],
    ['claude-opus-6', 128_000, 'adaptive', 'none'],
    ['claude-2.1', 4_096, 'none', 'all'],
    ['deepseek-chat', null, 'budget', 'all'],
  ])('knows %s', (model, maxOutput, thinking, sampling) => {
    expect(modelTraits(model)).toMatchObject({ maxOutput, thinking, sampling });
  });
});
