import { describe, expect, it } from 'vitest';
import type { EncodedRequest } from '../../../../main/protocol/dialect.ts';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type {
  MediaPart,
  Message,
  Part,
  ReasoningWish,
  Sampling,
  Turn,
} from '../../../../main/protocol/hub/turn.ts';
import { ondemandDialect } from '../../../../main/protocol/ondemand/ondemandDialect.ts';
import type { OndemandRequest } from '../../../../main/protocol/ondemand/ondemandRequest.ts';
import { called, functionTool, turnOf } from '../chat/turnOf.ts';

function encode(
  given: Partial<Omit<Turn, 'sampling'>> & { sampling?: Partial<Sampling> },
  options: Record<string, unknown> = {},
): EncodedRequest & { request: OndemandRequest } {
  const turn = turnOf(given as Partial<Turn>);
  const whole = { ...turn, sampling: { ...turnOf().sampling, ...given.sampling } };
  const encoded = ondemandDialect.encodeRequest(whole, { model: 'predefined-kimi-k3', options });
  return { ...encoded, request: encoded.body as unknown as OndemandRequest };
}

const say = (role: Message['role'], ...parts: (string | Part)[]): Message => ({
  role,
  parts: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});

const wish = (given: Partial<ReasoningWish>): ReasoningWish => ({
  effort: null,
  budgetTokens: null,
  adaptive: false,
  visible: null,
  ...given,
});

const file = (given: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  media: 'file',
  mediaType: 'text/plain',
  source: { from: 'text', text: 'line one' },
  name: 'notes.txt',
  detail: null,
  ...given,
});

describe('a conversation', () => {
  it('has all system texts above and its turns below', () => {
    const { request, dropped, repairs } = encode({
      messages: [
        say('system', 'Be brief.'),
        say('user', 'One'),
        say('developer', 'Be kind.'),
        say('user', 'Two', 'Three'),
        say('assistant', 'Fo', 'ur'),
        say('user', 'Five'),
      ],
    });
    expect(request).toEqual({
      endpointId: 'predefined-kimi-k3',
      system: 'Be brief.\n\nBe kind.',
      turns: [
        { role: 'user', text: 'One\n\nTwo\n\nThree' },
        { role: 'assistant', text: 'Four' },
        { role: 'user', text: 'Five' },
      ],
      options: {},
    });
    expect([dropped, repairs]).toEqual([[], []]);
  });

  it.each([
    ['an answer', [say('user', 'Hi'), say('assistant', 'Once upon')], 'Continue.'],
    ['nothing', [say('system', 'Be brief.')], 'Begin.'],
    ['silence', [say('user', ' ')], 'Begin.'],
  ])('that ends with %s ends with words of the user', (_, messages, text) => {
    const { request, repairs } = encode({ messages });
    expect(request.turns.at(-1)).toEqual({ role: 'user', text });
    expect(repairs).toEqual(['put a user message last']);
  });

  it('leaves out thoughts and names, and says which pictures of the model are lost', () => {
    const picture = file({
      media: 'image',
      mediaType: 'image/png',
      source: { from: 'base64', data: 'AA==' },
    });
    const { request, dropped } = encode({
      messages: [
        { ...say('user', 'Draw'), name: 'ada' },
        say('assistant', { type: 'reasoning', text: 'hm' }, 'Here', picture),
        say('user', 'Nice'),
      ],
    });
    expect(request.turns[1]).toEqual({ role: 'assistant', text: 'Here' });
    expect(dropped).toEqual(['name', 'image of the assistant']);
  });

  it.each([
    file({}),
    file({ source: { from: 'base64', data: Buffer.from('line one').toString('base64') } }),
    file({
      mediaType: 'application/json',
      source: { from: 'base64', data: Buffer.from('line one').toString('base64') },
    }),
  ])('holds text documents as text', (part) => {
    const { request } = encode({ messages: [say('user', part, 'Sum it up')] });
    expect(request.turns[0]?.text).toBe('<document name="notes.txt">\nline one\n</document>\n\nSum it up');
  });

  it.each([
    ['images', file({ media: 'image', mediaType: 'image/png', source: { from: 'base64', data: 'AA==' } })],
    [
      'images',
      file({ media: 'image', mediaType: null, source: { from: 'url', url: 'https://a.example/b.png' } }),
    ],
    ['audio', file({ media: 'audio', mediaType: 'audio/wav', source: { from: 'base64', data: 'AA==' } })],
    [
      'videos',
      file({ media: 'video', mediaType: 'video/mp4', source: { from: 'url', url: 'https://a.example/v' } }),
    ],
    ['files', file({ mediaType: 'application/pdf', source: { from: 'base64', data: 'AA==' } })],
    ['files', file({ mediaType: null, source: { from: 'file', id: 'file_1' } })],
  ])('is refused where it holds %s', (what, part) => {
    expect(() => encode({ messages: [say('user', part)] })).toThrow(CannotHoldError);
    expect(() => encode({ messages: [say('user', part)] })).toThrow(new RegExp(`no ${what}`));
    expect(() => encode({ messages: called('c1', [part]) as unknown as Message[] })).toThrow(CannotHoldError);
  });
});

describe('options', () => {
  it('go where the service looks for them', () => {
    const sampling = { temperature: 1.5, topP: 0.9, presencePenalty: 0.1, frequencyPenalty: 0 };
    const { request, repairs, dropped } = encode(
      { sampling, stop: ['a', 'b'], maxTokens: 5 },
      { sendMaxTokens: true },
    );
    expect(request.options).toEqual({
      modelConfigs: { ...sampling, stopSequences: ['a', 'b'], maxTokens: 5 },
    });
    expect([repairs, dropped]).toEqual([[], []]);
  });

  it('are put within their bounds', () => {
    const sampling = { temperature: 3, topP: 1.5, presencePenalty: -1, frequencyPenalty: -0.5 };
    const { request, repairs } = encode({ sampling });
    expect(request.options.modelConfigs).toEqual({
      temperature: 2,
      topP: 1,
      presencePenalty: 0,
      frequencyPenalty: 0,
    });
    expect(repairs).toEqual([
      'put temperature between 0 and 2',
      'put top_p between 0 and 1',
      'put presence_penalty between 0 and 2',
      'put frequency_penalty between 0 and 2',
    ]);
  });

  it('that the service does not have are named', () => {
    const { request, dropped } = encode({
      sampling: { topK: 1, seed: 2, logprobs: true, topLogprobs: 3, logitBias: { 1: 2 }, candidates: 1 },
      stop: ['a', 'b', 'c', 'd', 'e'],
      maxTokens: 5,
      user: 'u',
      cacheKey: 'k',
      verbosity: 'low',
      serviceTier: 'flex',
    });
    expect(request.options).toEqual({ modelConfigs: { stopSequences: ['a', 'b', 'c', 'd'] } });
    expect([...dropped].sort()).toEqual([
      ...['logit_bias', 'logprobs', 'max_tokens', 'prompt_cache_key', 'seed', 'service_tier', 'stop'],
      ...['top_k', 'top_logprobs', 'user', 'verbosity'],
    ]);
  });

  it('that ask for several answers are refused', () => {
    expect(() => encode({ sampling: { candidates: 2 } })).toThrow(/one answer at a time/);
  });

  it.each([
    [{ effort: 'none' }, 'low', ['sent no thinking as the least there is']],
    [{ effort: 'minimal' }, 'low', []],
    [{ effort: 'low' }, 'low', []],
    [{ effort: 'medium' }, 'medium', []],
    [{ effort: 'high' }, 'max', []],
    [{ effort: 'xhigh' }, 'max', []],
    [{ budgetTokens: 10_000 }, 'medium', []],
    [{ adaptive: true }, undefined, []],
  ] as const)('reasoning of %j is %s', (given, effort, repairs) => {
    const encoded = encode({ reasoning: wish(given) });
    expect(encoded.request.options.reasoningEffort).toBe(effort);
    expect(encoded.repairs).toEqual(repairs);
  });

  it('that shape the answer are asked for in words', () => {
    const json = encode({ messages: [say('system', 'Hi'), say('user', 'x')], output: { type: 'json' } });
    expect(json.request.system).toMatch(/^Hi\n\n.*JSON object/);
    expect(json.repairs).toEqual(['asked for JSON in words']);
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const held = encode({
      output: { type: 'schema', name: 'a', description: 'a place', schema, strict: true },
    });
    expect(held.request.system).toContain(JSON.stringify(schema));
    expect(held.repairs).toEqual(['asked for the JSON schema in words']);
  });
});

describe('tools', () => {
  const tools = [functionTool('look'), { ...functionTool('go'), description: 'Goes there' }];
  const hosted = { kind: 'hosted', type: 'web_search', name: null } as const;
  const on = { promptTools: true };

  it('are refused unless they are to be described in words', () => {
    expect(() => encode({ tools })).toThrow(CannotHoldError);
    expect(() => encode({ tools })).toThrow(/"promptTools": true/);
  });

  it('that nobody may call are no trouble', () => {
    const { request, dropped } = encode({ tools, toolChoice: { type: 'none' } });
    expect([request.system, dropped]).toEqual(['', []]);
  });

  it('of other providers are left out', () => {
    expect(encode({ tools: [hosted] }).dropped).toEqual(['web_search']);
    expect(encode({ tools: [hosted, ...tools] }, on).dropped).toEqual(['web_search']);
    expect(() => encode({ tools: [hosted], toolChoice: { type: 'required' } }, on)).toThrow(CannotHoldError);
  });

  it('are described below the system text, with their schemas', () => {
    const { request, repairs } = encode(
      { messages: [say('system', 'Be brief.'), say('user', 'x')], tools },
      on,
    );
    expect(request.system).toMatch(/^Be brief\.\n\n/);
    expect(request.system).toContain('<run_tool name="NAME">');
    const lines = request.system.split('\n').filter((line) => line.startsWith('{"name"'));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { name: 'look', parameters: tools[0]?.schema },
      { name: 'go', description: 'Goes there', parameters: tools[1]?.schema },
    ]);
    expect(repairs).toEqual(['described the tools in words']);
  });

  it.each([
    [{ toolChoice: { type: 'auto' } as const }, null],
    [{ toolChoice: { type: 'required' } as const }, /must use at least one tool/],
    [{ toolChoice: { type: 'tool', name: 'go' } as const }, /must use the tool "go"/],
    [
      { toolChoice: { type: 'allowed', names: ['go'], required: false } as const },
      /no other tools than these: "go"\.$/,
    ],
    [{ toolChoice: { type: 'allowed', names: ['go'], required: true } as const }, /"go"\. .*must use/],
  ])('are chosen in words: %j', (given, words) => {
    const { request, repairs } = encode({ tools, ...given }, on);
    if (words) expect(request.system).toMatch(words);
    else expect(request.system).not.toMatch(/next answer/);
    expect(repairs.includes('asked for the tool call in words')).toBe(words !== null);
  });

  it('are called one at a time where that is wanted', () => {
    expect(encode({ tools, parallelToolCalls: false }, on).request.system).toMatch(/at most one tool/);
  });

  it('have calls and results in the conversation, told apart where there are several', () => {
    const call = (id: string, json: string): Part => ({
      type: 'toolCall',
      kind: 'function',
      id,
      name: 'look',
      arguments: json,
    });
    const result = (callId: string, text: string, isError = false): Part => ({
      type: 'toolResult',
      callId,
      name: null,
      kind: 'function',
      parts: [{ type: 'text', text }],
      isError,
    });
    const { request } = encode({
      messages: [
        say('user', 'Look around'),
        say('assistant', 'I will.', call('c1', '{ "a": 1 }')),
        say('assistant', call('c2', '')),
        say('user', result('c2', 'fog', true), result('c1', 'sea')),
        say('assistant', call('c3', '{}')),
        say('user', result('c3', 'sky'), 'And?'),
      ],
    });
    expect(request.turns.map(({ text }) => text)).toEqual([
      'Look around',
      'I will.\n\n<run_tool name="look">{"a":1}</run_tool>\n\n<run_tool name="look">{}</run_tool>',
      '<tool_result name="look" call="2" status="failed">\nfog\n</tool_result>\n\n<tool_result name="look" call="1">\nsea\n</tool_result>',
      '<run_tool name="look">{}</run_tool>',
      '<tool_result name="look">\nsky\n</tool_result>\n\nAnd?',
    ]);
  });
});
