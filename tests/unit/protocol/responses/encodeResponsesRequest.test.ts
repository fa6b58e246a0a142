import { describe, expect, it } from 'vitest';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { MediaPart, Message, Part, Turn } from '../../../../main/protocol/hub/turn.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { turnWith } from './fixture.ts';

const encode = (some: Partial<Turn>, model = 'gpt-4.1') =>
  responsesDialect.encodeRequest(turnWith(some), { model });
const said = (...parts: Part[]): Message => ({ role: 'assistant', parts });
const asked = (...parts: Part[]): Message => ({ role: 'user', parts });
const text = (words: string): Part => ({ type: 'text', text: words });
const sampling = turnWith({}).sampling;
const media = (kind: MediaPart['media'], some: Partial<MediaPart> = {}): MediaPart => ({
  type: 'media',
  media: kind,
  mediaType: null,
  source: { from: 'base64', data: 'AAAA' },
  name: null,
  detail: null,
  ...some,
});

describe('encodeResponsesRequest', () => {
  it('asks for nothing that was not asked for, and stores nothing', () => {
    expect(encode({})).toEqual({
      body: {
        model: 'gpt-4.1',
        store: false,
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      },
      dropped: [],
      repairs: [],
    });
  });

  it('lifts the system messages at the head, and no others', () => {
    const system = (words: string): Message => ({ role: 'system', parts: [text(words)] });
    const { body } = encode({
      messages: [system('A'), { role: 'developer', parts: [text('B')] }, asked(text('Q')), system('C')],
    });
    expect(body.instructions).toBe('A\n\nB');
    expect(body.input).toMatchObject([{ role: 'user' }, { role: 'developer' }]);
    expect(encode({ messages: [system('A')] }).body).toMatchObject({
      input: [{ role: 'developer', content: [{ type: 'input_text', text: 'A' }] }],
    });
  });

  it('sends back only reasoning that OpenAI sealed', () => {
    const { body, dropped } = encode(
      {
        messages: [
          asked(text('Q')),
          said(
            { type: 'reasoning', text: 'sum', signature: { family: 'openai', value: 'gAAA' }, id: 'rs_9' },
            { type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 'EqQB' } },
            { type: 'reasoning', text: 'plain' },
            text('A'),
          ),
        ],
      },
      'o4-mini',
    );
    expect(body.input).toEqual([
      expect.anything(),
      {
        type: 'reasoning',
        id: 'rs_9',
        summary: [{ type: 'summary_text', text: 'sum' }],
        encrypted_content: 'gAAA',
      },
      { type: 'message', role: 'assistant', content: 'A' },
    ]);
    expect(dropped).toEqual(['reasoning_content']);
    expect(body.include).toEqual(['reasoning.encrypted_content']);
  });

  it('keeps results beside their calls, with ids of a length that is taken', () => {
    const id = `toolu_${'x'.repeat(80)}`;
    const result: Part = {
      type: 'toolResult',
      callId: id,
      name: 'f',
      kind: 'function',
      isError: true,
      parts: [{ type: 'text', text: 'a' }, media('image', { mediaType: 'image/jpeg' })],
    };
    const { body, dropped } = encode({
      messages: [
        asked(text('Q')),
        said({ type: 'toolCall', kind: 'function', id, name: 'f', arguments: '{}' }),
        asked(result, text('and?')),
      ],
    });
    const [, call, output, more] = body.input as Record<string, unknown>[];
    expect(String(call?.call_id).length).toBeLessThanOrEqual(64);
    expect(output?.call_id).toBe(call?.call_id);
    expect(output).toMatchObject({
      type: 'function_call_output',
      output: [
        { type: 'input_text', text: 'Error:' },
        { type: 'input_text', text: 'a' },
        { type: 'input_image', image_url: 'data:image/jpeg;base64,AAAA', detail: 'auto' },
      ],
    });
    expect(more).toMatchObject({ role: 'user', content: [{ text: 'and?' }] });
    expect(dropped).toEqual([]);
    expect(
      encode({ messages: [asked({ ...result, callId: `${id}y` } as Part)] }).body.input,
    ).not.toMatchObject([{ call_id: call?.call_id }]);
  });

  it.each([
    ['no such file', 'Error: no such file'],
    ['It failed.', 'It failed.'],
  ])('says in words that a tool failed: %s', (words, told) => {
    const parts = [{ type: 'text', text: words }] as const;
    const failed = {
      type: 'toolResult',
      callId: 'c',
      name: null,
      kind: 'function',
      isError: true,
      parts,
    } as const;
    const call = { type: 'toolCall', kind: 'function', id: 'c', name: 'f', arguments: '{}' } as const;
    expect(encode({ messages: [said(call), asked(failed)] })).toMatchObject({
      body: { input: [{ type: 'function_call' }, { type: 'function_call_output', output: told }] },
      dropped: [],
    });
  });

  it('keeps custom tools, and leaves hosted ones out by name', () => {
    const { body, dropped } = encode({
      tools: [
        { kind: 'custom', name: 'patch', description: 'd', format: { type: 'grammar' } },
        { kind: 'function', name: 'now', description: null, schema: null, strict: null },
        { kind: 'hosted', type: 'web_search_20250305', name: 'web_search' },
      ],
      toolChoice: { type: 'allowed', names: ['patch', 'now', 'gone'], required: true },
      parallelToolCalls: false,
    });
    expect(body).toMatchObject({
      tools: [
        { type: 'custom', name: 'patch', description: 'd', format: { type: 'grammar' } },
        { type: 'function', name: 'now', parameters: { type: 'object', properties: {} }, strict: false },
      ],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'required',
        tools: [
          { type: 'custom', name: 'patch' },
          { type: 'function', name: 'now' },
        ],
      },
      parallel_tool_calls: false,
    });
    expect(dropped).toEqual(['web_search_20250305']);
  });

  it('samples as it was asked to, but never a model that reasons', () => {
    const wish = { ...sampling, temperature: 0.2, topP: 0.9, topK: 5, seed: 1, presencePenalty: 0 };
    const plain = encode({ sampling: wish, stop: ['x'], maxTokens: 3 });
    expect(plain.body).toMatchObject({ temperature: 0.2, top_p: 0.9, max_output_tokens: 16 });
    expect(plain.dropped).toEqual(['top_k', 'seed', 'stop']);
    expect(plain.repairs).toEqual(['raised max_output_tokens to 16']);
    for (const model of ['o3', 'openai/gpt-5.1', 'gpt-5-mini', 'codex-mini-latest']) {
      const { body, dropped } = encode({ sampling: wish }, model);
      expect(body).not.toHaveProperty('temperature');
      expect(body.include).toEqual(['reasoning.encrypted_content']);
      expect(dropped).toEqual(['top_k', 'seed', 'temperature', 'top_p']);
    }
    for (const model of ['gpt-5-chat-latest', 'gpt-4o', 'octo'])
      expect(encode({ sampling: wish }, model).body).toMatchObject({ temperature: 0.2 });
    const awake = { effort: 'none', budgetTokens: null, adaptive: false, visible: null } as const;
    expect(encode({ sampling: wish, reasoning: awake }, 'gpt-5.1').body).toMatchObject({
      temperature: 0.2,
      reasoning: { effort: 'none' },
    });
  });

  it('turns a budget into an effort, and shows what is to be seen', () => {
    const wish = { effort: null, budgetTokens: 9_000, adaptive: false, visible: true };
    expect(encode({ reasoning: wish }).body).toMatchObject({
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
    });
    expect(encode({ reasoning: { ...wish, budgetTokens: -1, visible: null } }).body).not.toHaveProperty(
      'reasoning',
    );
  });

  it('asks for JSON in this API’s own words', () => {
    const { body } = encode({
      output: {
        type: 'schema',
        name: 'a name!',
        description: null,
        schema: { type: 'object' },
        strict: true,
      },
      verbosity: 'low',
    });
    expect(body.text).toEqual({
      format: { type: 'json_schema', name: 'a_name_', schema: { type: 'object' }, strict: true },
      verbosity: 'low',
    });
    expect(encode({ output: { type: 'json' } }).body.text).toEqual({ format: { type: 'json_object' } });
  });

  it('shows files, text documents, and what the model drew', () => {
    const { body, repairs } = encode({
      messages: [
        asked(
          media('file', { name: 'a.pdf', mediaType: 'application/pdf' }),
          media('file', { source: { from: 'text', text: 'words' }, name: 'n.txt' }),
          media('file', { source: { from: 'url', url: 'https://a.example/b.pdf' } }),
          media('image', { source: { from: 'file', id: 'file_1' }, detail: 'low' }),
        ),
        said({ type: 'refusal', text: 'no' }, media('image')),
      ],
    });
    expect(body.input).toMatchObject([
      {
        content: [
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
          { type: 'input_text', text: 'n.txt\n\nwords' },
          { type: 'input_file', file_url: 'https://a.example/b.pdf' },
          { type: 'input_image', file_id: 'file_1', detail: 'low' },
        ],
      },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] },
      { role: 'user', content: [{ type: 'input_image' }] },
    ]);
    expect(repairs).toHaveLength(1);
  });

  it.each([
    ['several answers', { sampling: { ...sampling, candidates: 2 } }],
    ['sound', { messages: [asked(media('audio'))] }],
    ['video', { messages: [asked(media('video'))] }],
    [
      'a hosted tool that must be used',
      {
        tools: [{ kind: 'hosted', type: 'web_search', name: null }],
        toolChoice: { type: 'required' },
      },
    ],
  ] as [string, Partial<Turn>][])('refuses %s: leaving it out would change what was asked', (_what, some) => {
    expect(() => encode(some)).toThrow(CannotHoldError);
  });
});
