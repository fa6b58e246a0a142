import { describe, expect, it } from 'vitest';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import { plainSampling } from '../../../../main/protocol/hub/plainTurn.ts';
import type {
  MediaPart,
  Message,
  ReasoningWish,
  ToolCallPart,
  ToolResultPart,
} from '../../../../main/protocol/hub/turn.ts';
import { encode, hi, said, turn } from './fixture.ts';

const call = (id: string, more: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'toolCall',
  kind: 'function',
  id,
  name: 'get_weather',
  arguments: '{"city":"Köln"}',
  ...more,
});
const result = (callId: string, more: Partial<ToolResultPart> = {}): ToolResultPart => ({
  type: 'toolResult',
  callId,
  name: null,
  kind: 'function',
  parts: [{ type: 'text', text: 'sunny' }],
  isError: false,
  ...more,
});
const media = (more: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  media: 'image',
  mediaType: 'image/png',
  source: { from: 'base64', data: 'AAAA' },
  name: null,
  detail: null,
  ...more,
});
const user = (...parts: Message['parts']): Message => ({ role: 'user', parts });
const assistant = (...parts: Message['parts']): Message => ({ role: 'assistant', parts });
const contentsOf = (messages: Message[], model?: string) =>
  encode(turn(messages), model).body.contents as { role: string; parts: Record<string, unknown>[] }[];

describe('contents', () => {
  it('take turns, the user first, with every system message in the instruction', () => {
    const { body } = encode(
      turn([
        said('system', 'A'),
        said('user', '1'),
        said('developer', 'B'),
        said('user', '2'),
        said('assistant', '3'),
      ]),
    );
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 'A' }, { text: 'B' }] },
      contents: [
        { role: 'user', parts: [{ text: '1' }, { text: '2' }] },
        { role: 'model', parts: [{ text: '3' }] },
      ],
    });
  });

  it('begin with a user, whatever the client sent', () => {
    const first = encode(turn([said('assistant', 'Welcome'), hi]));
    expect((first.body.contents as { role: string }[]).map(({ role }) => role)).toEqual([
      'user',
      'model',
      'user',
    ]);
    expect(first.repairs).toHaveLength(1);
    const alone = encode(turn([said('system', 'Say hello')]));
    expect(alone.body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Say hello' }] }] });
    expect(alone.repairs).toHaveLength(1);
  });

  it('tell the instruction as the user where the model takes none', () => {
    const messages = [said('system', 'A'), hi];
    const told = [{ role: 'user', parts: [{ text: 'A' }, { text: 'Hi' }] }];
    expect(encode(turn(messages), 'gemma-3-27b-it').body).toEqual({ contents: told });
  });

  it('find the name of a result by its call, and wrap what was answered', () => {
    const contents = contentsOf([
      hi,
      assistant(call('a'), call('b')),
      user(result('a'), result('b', { isError: true })),
    ]);
    expect(contents[1]?.parts[0]).toEqual({
      functionCall: { id: 'a', name: 'get_weather', args: { city: 'Köln' } },
    });
    expect(contents[2]?.parts).toEqual([
      { functionResponse: { id: 'a', name: 'get_weather', response: { result: 'sunny' } } },
      { functionResponse: { id: 'b', name: 'get_weather', response: { error: 'sunny' } } },
    ]);
  });

  it.each([
    ['', {}],
    ['{"a":{"$ref":1}}', { a: { $ref: 1 } }],
    ['[1]', { input: [1] }],
    ['{"a":', { input: '{"a":' }],
  ])('send the arguments %j as an object', (text, args) => {
    expect(contentsOf([hi, assistant(call('a', { arguments: text }))])[1]?.parts[0]).toHaveProperty(
      'functionCall.args',
      args,
    );
  });

  it('put media of results within them from Gemini 3 on, and behind all of them before', () => {
    const shown = { parts: [{ type: 'text', text: 'see' } as const, media({})] };
    const messages = [
      hi,
      assistant(call('a'), call('b')),
      user(result('a', shown), result('b'), { type: 'text', text: 'And?' }),
    ];
    const inline = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
    expect(contentsOf(messages, 'gemini-3-flash-preview')[2]?.parts).toEqual([
      { functionResponse: { id: 'a', name: 'get_weather', response: { result: 'see' }, parts: [inline] } },
      expect.objectContaining({ functionResponse: expect.anything() }),
      { text: 'And?' },
    ]);
    const before = contentsOf(messages, 'gemini-2.5-flash')[2]?.parts;
    expect(before?.map((part) => Object.keys(part)[0])).toEqual([
      'functionResponse',
      'functionResponse',
      'inlineData',
      'text',
    ]);
  });

  it.each([
    [media({}), { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
    [
      media({ media: 'file', mediaType: null, name: 'a.PDF' }),
      { inlineData: { mimeType: 'application/pdf', data: 'AAAA' } },
    ],
    [
      media({ media: 'audio', mediaType: 'audio/wav' }),
      { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
    ],
    [
      media({ media: 'file', mediaType: null, source: { from: 'text', text: 'ü' } }),
      { inlineData: { mimeType: 'text/plain', data: 'w7w=' } },
    ],
    [
      media({ mediaType: null, source: { from: 'url', url: 'https://x.org/a.webp?b=1#c' } }),
      { fileData: { mimeType: 'image/webp', fileUri: 'https://x.org/a.webp?b=1#c' } },
    ],
    [
      media({ mediaType: null, source: { from: 'url', url: 'https://x.org/a' } }),
      { fileData: { mimeType: 'image/jpeg', fileUri: 'https://x.org/a' } },
    ],
    [
      media({ media: 'video', mediaType: null, source: { from: 'url', url: 'https://youtu.be/a' } }),
      { fileData: { fileUri: 'https://youtu.be/a' } },
    ],
    [
      media({ source: { from: 'file', id: 'files/abc' } }),
      { fileData: { mimeType: 'image/png', fileUri: 'files/abc' } },
    ],
  ])('write media %#', (part, written) => {
    expect(contentsOf([user(part)])[0]?.parts).toEqual([written]);
  });

  it.each([
    [
      'a file of another provider',
      turn([user(media({ source: { from: 'file', id: 'file-abc' } }))]),
      /base64/,
      'gemini-2.5-flash',
    ],
    [
      'a URL that is none',
      turn([user(media({ source: { from: 'url', url: 'ftp://x' } }))]),
      /https/,
      'gemini-2.5-flash',
    ],
    [
      'a URL for an old model',
      turn([user(media({ source: { from: 'url', url: 'https://x.org/a.png' } }))]),
      /base64/,
      'gemini-2.0-flash',
    ],
    [
      'an image in the instruction',
      turn([{ role: 'system', parts: [media({})] }, hi]),
      /user message/,
      'gemini-2.5-flash',
    ],
    ['several answers', turn([hi], { sampling: { candidates: 2 } }), /one answer/, 'gemini-2.5-flash'],
    ['nothing', turn([said('user', '')]), /nothing/, 'gemini-2.5-flash'],
    [
      'a tool that runs elsewhere',
      turn([hi], {
        tools: [{ kind: 'hosted', type: 'web_search', name: null }],
        toolChoice: { type: 'required' },
      }),
      /web_search/,
      'gemini-2.5-flash',
    ],
  ])('refuse %s', (_, value, message, model) => {
    expect(() => encode(value, model)).toThrow(CannotHoldError);
    expect(() => encode(value, model)).toThrow(message);
  });
});

describe('signatures', () => {
  const own = { family: 'gemini', value: 'c2ln' } as const;
  const foreign = { family: 'anthropic', value: 'xyz' } as const;
  const history = (first: ToolCallPart): Message[] => [
    hi,
    assistant({ type: 'reasoning', text: 'hm', signature: foreign }, first, call('b')),
    user(result('a'), result('b')),
  ];

  it('go back to the family they came from, and no other thoughts do', () => {
    const parts = contentsOf([
      hi,
      assistant(
        { type: 'reasoning', text: 'mine', signature: own },
        { type: 'reasoning', text: 'theirs', signature: foreign },
        { type: 'reasoning', text: 'nobody' },
        { type: 'text', text: 'a', signature: own },
        { type: 'text', text: '', signature: own },
        { type: 'text', text: 'b', signature: foreign },
      ),
    ])[1]?.parts;
    expect(parts).toEqual([
      { text: 'mine', thought: true, thoughtSignature: 'c2ln' },
      { text: 'a', thoughtSignature: 'c2ln' },
      { text: '', thoughtSignature: 'c2ln' },
      { text: 'b' },
    ]);
  });

  it('are stood in for on the first call of a step, where Gemini 3 insists', () => {
    const signatures = (model: string, first: ToolCallPart) =>
      contentsOf(history(first), model)[1]?.parts.map((part) => part.thoughtSignature);
    expect(signatures('gemini-3-pro-preview', call('a'))).toEqual([
      'skip_thought_signature_validator',
      undefined,
    ]);
    expect(signatures('gemini-3.5-flash', call('a', { signature: own }))).toEqual(['c2ln', undefined]);
    expect(signatures('gemini-pro-latest', call('a', { signature: foreign }))).toEqual([
      'skip_thought_signature_validator',
      undefined,
    ]);
    expect(signatures('gemini-2.5-pro', call('a'))).toEqual([undefined, undefined]);
  });
});

describe('tools', () => {
  const schema = {
    $schema: 'x',
    type: 'object',
    properties: { a: { type: ['string', 'null'] } },
    additionalProperties: false,
  };
  const tools = [{ kind: 'function', name: 'f', description: 'does', schema, strict: true } as const];

  it('are functions with JSON Schema', () => {
    const rich = encode(turn([hi], { tools }));
    expect(rich.body.tools).toEqual([
      { functionDeclarations: [{ name: 'f', description: 'does', parametersJsonSchema: schema }] },
    ]);
    expect(rich.dropped).toEqual(['strict']);
  });

  it.each([null, { type: 'object', properties: {} }])('left out parameters have no schema: %j', (none) => {
    const given = [{ kind: 'function', name: 'f', description: null, schema: none, strict: null } as const];
    expect(encode(turn([hi], { tools: given })).body.tools).toEqual([
      { functionDeclarations: [{ name: 'f' }] },
    ]);
  });

  it.each([
    [{ type: 'auto' }, { mode: 'AUTO' }],
    [{ type: 'none' }, { mode: 'NONE' }],
    [{ type: 'required' }, { mode: 'ANY' }],
    [
      { type: 'tool', name: 'f' },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
    [
      { type: 'allowed', names: ['f'], required: false },
      { mode: 'VALIDATED', allowedFunctionNames: ['f'] },
    ],
  ] as const)('are chosen by %j', (toolChoice, functionCallingConfig) => {
    expect(encode(turn([hi], { tools, toolChoice })).body.toolConfig).toEqual({ functionCallingConfig });
  });

  it('that run elsewhere are left out and named', () => {
    const given = [...tools, { kind: 'hosted', type: 'web_search', name: null } as const];
    expect(encode(turn([hi], { tools: given })).dropped).toContain('web_search');
  });
});

describe('thinking', () => {
  const wish = (more: Partial<ReasoningWish>): ReasoningWish => ({
    effort: null,
    budgetTokens: null,
    adaptive: false,
    visible: null,
    ...more,
  });
  const shown = { includeThoughts: true };

  it.each([
    ['gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', { effort: 'max' }, { thinkingBudget: 24_576, ...shown }],
    ['gemini-2.5-flash-lite', { budgetTokens: 100 }, { thinkingBudget: 512, ...shown }],
    ['gemini-2.5-pro', { adaptive: true }, { thinkingBudget: -1, ...shown }],
    ['gemini-2.5-pro', { budgetTokens: 4_000, visible: false }, { thinkingBudget: 4_000 }],
    ['models/gemini-3-pro-preview', { effort: 'none' }, { thinkingLevel: 'LOW' }],
    ['gemini-3-pro-preview', { effort: 'medium' }, { thinkingLevel: 'HIGH', ...shown }],
    ['gemini-3.1-pro-preview', { effort: 'medium' }, { thinkingLevel: 'MEDIUM', ...shown }],
    ['gemini-3-flash-preview', { effort: 'minimal' }, { thinkingLevel: 'MINIMAL', ...shown }],
    ['gemini-3.8-flash', { effort: 'minimal' }, { thinkingLevel: 'LOW', ...shown }],
    ['gemini-3.5-flash', { budgetTokens: 2_000 }, { thinkingLevel: 'LOW', ...shown }],
    ['gemini-flash-latest', { effort: 'xhigh' }, { thinkingLevel: 'HIGH', ...shown }],
    ['gemini-3-pro-preview', { visible: true }, shown],
  ] as const)('%s with %j', (model, given, thinkingConfig) => {
    const { body } = encode(turn([hi], { reasoning: wish(given) }), model);
    expect(body.generationConfig).toEqual({ thinkingConfig });
  });

  it('is not spoken of to models that can not, or where nobody asked', () => {
    expect(encode(turn([hi]), 'gemini-3-pro-preview').body).not.toHaveProperty('generationConfig');
    for (const model of ['gemini-2.0-flash', 'gemma-3-27b-it', 'gemini-2.5-flash-image', 'learnlm-2.0']) {
      const { body, dropped } = encode(turn([hi], { reasoning: wish({ effort: 'high' }) }), model);
      expect(body).not.toHaveProperty('generationConfig');
      expect(dropped).toEqual(['reasoning_effort']);
    }
    expect(encode(turn([hi], { reasoning: wish({ effort: 'none' }) }), 'gemini-2.0-flash').dropped).toEqual(
      [],
    );
  });
});

describe('settings', () => {
  it('are held where Gemini has them', () => {
    const value = turn([hi], {
      sampling: {
        temperature: 0.5,
        topP: 0.9,
        topK: 3,
        seed: 7,
        presencePenalty: 1,
        frequencyPenalty: 2,
        candidates: 1,
      },
      maxTokens: 99,
      stop: ['a', 'b'],
      serviceTier: 'default',
    });
    expect(encode(value, 'gemini-2.0-flash')).toMatchObject({
      body: {
        serviceTier: 'standard',
        generationConfig: {
          temperature: 0.5,
          topP: 0.9,
          topK: 3,
          seed: 7,
          presencePenalty: 1,
          frequencyPenalty: 2,
          maxOutputTokens: 99,
          stopSequences: ['a', 'b'],
        },
      },
      dropped: [],
      repairs: [],
    });
    expect(encode(value, 'gemini-2.5-flash').dropped).toEqual(['presence_penalty', 'frequency_penalty']);
  });

  it('are named where it has not', () => {
    const value = turn([{ ...user(media({ detail: 'low' })), name: 'Ann' }], {
      sampling: { logprobs: true, topLogprobs: 3, logitBias: { a: 1 } },
      stop: ['1', '2', '3', '4', '5', '6'],
      user: 'u',
      cacheKey: 'k',
      verbosity: 'low',
      parallelToolCalls: false,
      serviceTier: 'scale',
    });
    const { body, dropped } = encode(value);
    expect(body.generationConfig).toEqual({ stopSequences: ['1', '2', '3', '4', '5'] });
    expect(dropped.toSorted()).toEqual([
      'detail',
      'logit_bias',
      'logprobs',
      'name',
      'parallel_tool_calls',
      'prompt_cache_key',
      'service_tier',
      'stop',
      'top_logprobs',
      'user',
      'verbosity',
    ]);
  });

  it.each([
    [2 ** 31 - 1, []],
    [2 ** 31, ['seed']],
    [1.5, ['seed']],
  ])('take a seed of 32 bits: %d', (seed, dropped) => {
    const encoded = encode(turn([hi], { sampling: { ...plainSampling, seed } }));
    expect(encoded.body.generationConfig).toEqual(dropped.length > 0 ? undefined : { seed });
    expect(encoded.dropped).toEqual(dropped);
  });

  it('ask for JSON, with a schema or without', () => {
    const output = {
      type: 'schema',
      name: 'n',
      description: null,
      schema: { type: 'integer', exclusiveMinimum: 1 },
      strict: true,
    } as const;
    expect(encode(turn([hi], { output })).body.generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: output.schema,
    });
    expect(encode(turn([hi], { output: { type: 'json' } })).body.generationConfig).toEqual({
      responseMimeType: 'application/json',
    });
  });
});
