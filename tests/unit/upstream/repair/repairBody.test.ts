import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../../main/protocol/dialect.ts';
import { readEnvelope } from '../../../../main/protocol/jsonEnvelope.ts';
import type { Quirk } from '../../../../main/upstream/quirk.ts';
import { draftOfEnvelope, draftOfObject } from '../../../../main/upstream/repair/bodyDraft.ts';
import { repairBody } from '../../../../main/upstream/repair/repairBody.ts';

type Body = Record<string, unknown>;

/** Repairs both forms a body comes in and expects them to agree. */
function repaired(dialect: DialectName, body: Body, ...quirks: Quirk[]): { body: Body; repairs: string[] } {
  const envelope = readEnvelope(Buffer.from(JSON.stringify(body)), { model: 'm', stream: false });
  const [own, written] = [draftOfEnvelope(envelope), draftOfObject(structuredClone(body))];
  for (const draft of [own, written]) repairBody(draft, dialect, new Set(quirks));
  const result = JSON.parse(own.finish().toString()) as Body;
  expect(JSON.parse(written.finish().toString())).toEqual(result);
  expect(written.repairs).toEqual(own.repairs);
  return { body: result, repairs: [...own.repairs] };
}

/** Repairs a second time and expects nothing left to do. */
function settled(dialect: DialectName, body: Body, ...quirks: Quirk[]): Body {
  const first = repaired(dialect, body, ...quirks);
  expect(repaired(dialect, first.body, ...quirks)).toEqual({ body: first.body, repairs: [] });
  return first.body;
}

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });

describe('what is in order', () => {
  const all: Quirk[] = [
    ...(['no-stream-options', 'max-completion-tokens', 'no-developer-role', 'merge-roles'] as const),
    ...(['plain-schemas', 'no-thinking-replay', 'drop:seed'] as const),
  ];

  it.each<[DialectName, Body]>([
    [
      'chat',
      { model: 'm', messages: [{ role: 'system', content: 's' }, user('u')], max_completion_tokens: 1 },
    ],
    [
      'messages',
      { model: 'm', messages: [user('u'), assistant([{ type: 'text', text: 'a' }])], max_tokens: 1 },
    ],
    ['responses', { model: 'm', input: 'hello', store: false }],
    ['gemini', { contents: [{ role: 'user', parts: [{ text: 'u' }] }] }],
  ])('%s stays the very same bytes', (dialect, body) => {
    const envelope = readEnvelope(Buffer.from(JSON.stringify(body)), { model: 'm', stream: false });
    const draft = draftOfEnvelope(envelope);
    repairBody(draft, dialect, new Set(all));
    expect(draft.finish()).toBe(envelope.body);
    expect(draft.repairs).toEqual([]);
  });
});

describe('options', () => {
  it('leaves out what is refused, whole or in part, however it is spelled', () => {
    expect(
      repaired(
        'chat',
        { model: 'm', seed: 1, user: 'u', stream_options: {} },
        'drop:seed',
        'no-stream-options',
      ),
    ).toEqual({
      body: { model: 'm', user: 'u' },
      repairs: ['left out stream_options', 'left out seed'],
    });
    expect(settled('chat', { model: 'm', presence_penalty: 1 }, 'drop:presencePenalty')).toEqual({
      model: 'm',
    });
    expect(
      settled('gemini', { generation_config: { topK: 3, seed: 1 } }, 'drop:generationConfig.top_k'),
    ).toEqual({ generation_config: { seed: 1 } });
    expect(
      settled('responses', { reasoning: { effort: 'low' }, model: 'm' }, 'drop:reasoning.effort'),
    ).toEqual({
      model: 'm',
    });
  });

  it("passes over a validator's names for variants", () => {
    expect(
      settled('messages', { thinking: { type: 'adaptive', display: 'x' } }, 'drop:thinking.adaptive.display'),
    ).toEqual({ thinking: { type: 'adaptive' } });
  });

  it.each([
    ['max', 'none,low,medium,high,xhigh', 'xhigh'],
    ['xhigh', 'low,medium,high', 'high'],
    ['minimal', 'none,low,medium', 'low'],
    ['none', 'low,medium', 'low'],
    ['none', 'none,low', 'none'],
    ['low', 'medium', 'medium'],
    ['odd', 'low', 'odd'],
  ])('asks for the effort nearest to %s among %s: %s', (wanted, taken, sent) => {
    const quirk: Quirk = `efforts:${taken}`;
    const notes = wanted === sent ? [] : [`sent the effort ${wanted} as ${sent}`];
    const bodies: [DialectName, (effort: string) => Body][] = [
      ['chat', (effort) => ({ reasoning_effort: effort })],
      ['chat', (effort) => ({ reasoning: { effort, exclude: true } })],
      ['responses', (effort) => ({ reasoning: { effort, summary: 'auto' } })],
      ['messages', (effort) => ({ output_config: { effort, format: {} } })],
    ];
    for (const [dialect, body] of bodies)
      expect(repaired(dialect, { model: 'm', ...body(wanted) }, quirk)).toEqual({
        body: { model: 'm', ...body(sent) },
        repairs: notes,
      });
  });

  it.each<[DialectName, Body, Body, string[]]>([
    ['chat', { max_tokens: 32_000 }, { max_tokens: 8_192 }, ['lowered max_tokens to 8192']],
    ['chat', { max_completion_tokens: 8_192 }, { max_completion_tokens: 8_192 }, []],
    [
      'responses',
      { max_output_tokens: 9_000 },
      { max_output_tokens: 8_192 },
      ['lowered max_output_tokens to 8192'],
    ],
    ['messages', { max_tokens: 100 }, { max_tokens: 100 }, []],
    [
      'gemini',
      { generationConfig: { maxOutputTokens: 65_536, topK: 1 } },
      { generationConfig: { maxOutputTokens: 8_192, topK: 1 } },
      ['lowered maxOutputTokens to 8192'],
    ],
    [
      'gemini',
      { generation_config: { max_output_tokens: 65_536 } },
      { generation_config: { max_output_tokens: 8_192 } },
      ['lowered max_output_tokens to 8192'],
    ],
  ])('asks for no longer answers than there are, %s: %j', (dialect, body, sent, repairs) => {
    expect(repaired(dialect, { model: 'm', ...body }, 'most-tokens:8192')).toEqual({
      body: { model: 'm', ...sent },
      repairs,
    });
  });

  it('renames the limit of an answer, and lets the wanted name win where both stand', () => {
    expect(repaired('chat', { max_tokens: 5, model: 'm' }, 'max-completion-tokens')).toEqual({
      body: { max_completion_tokens: 5, model: 'm' },
      repairs: ['sent max_tokens as max_completion_tokens'],
    });
    expect(settled('chat', { max_completion_tokens: 5 }, 'max-tokens')).toEqual({ max_tokens: 5 });
    expect(settled('chat', { max_tokens: 5, max_completion_tokens: 7 }, 'max-completion-tokens')).toEqual({
      max_completion_tokens: 7,
    });
    expect(repaired('messages', { max_tokens: 5 }, 'max-completion-tokens').body).toEqual({ max_tokens: 5 });
  });
});

describe('roles', () => {
  it('sends developer messages as system, and both as user where system is refused', () => {
    const messages = [{ role: 'developer', content: 'd' }, user('u')];
    expect(repaired('chat', { messages }, 'no-developer-role')).toEqual({
      body: { messages: [{ role: 'system', content: 'd' }, user('u')] },
      repairs: ['sent developer messages as system'],
    });
    expect(repaired('chat', { messages }, 'no-system-role')).toEqual({
      body: { messages: [user('d\n\nu')] },
      repairs: ['sent developer messages as user', 'merged neighbouring messages of one role'],
    });
    expect(
      settled('responses', { input: [{ role: 'developer', content: 'd' }] }, 'no-developer-role'),
    ).toEqual({
      input: [{ role: 'system', content: 'd' }],
    });
  });

  it('merges neighbours, texts with parts, and takes late system text for the user’s', () => {
    const image = { type: 'image_url', image_url: { url: 'data:,' } };
    const messages = [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'b' },
      user('one'),
      user([image]),
      assistant('x'),
      { role: 'system', content: 'late' },
      user(null),
    ];
    expect(settled('chat', { messages }, 'merge-roles').messages).toEqual([
      { role: 'system', content: 'a\n\nb' },
      user([{ type: 'text', text: 'one' }, image]),
      assistant('x'),
      user('late'),
    ]);
  });

  it('keeps calls and their results apart', () => {
    const call = { ...assistant(null), tool_calls: [{ id: 'c' }] };
    const results = [
      { role: 'tool', tool_call_id: 'c', content: '1' },
      { role: 'tool', tool_call_id: 'd', content: '2' },
    ];
    const messages = [user('u'), assistant('hm'), call, ...results, assistant('done')];
    expect(repaired('chat', { messages }, 'merge-roles').body.messages).toEqual([
      user('u'),
      { ...assistant('hm'), tool_calls: [{ id: 'c' }] },
      ...results,
      assistant('done'),
    ]);
  });

  it('puts a system instruction before the first words of the user for Gemma', () => {
    const contents = [{ role: 'user', parts: [{ text: 'u' }] }];
    const body = { systemInstruction: { parts: [{ text: 's' }] }, contents };
    expect(settled('gemini', body, 'no-system-role')).toEqual({
      contents: [{ role: 'user', parts: [{ text: 's' }, { text: 'u' }] }],
    });
    const begins = [{ role: 'model', parts: [{ text: 'm' }] }];
    expect(repaired('gemini', { ...body, contents: begins }, 'no-system-role').body.contents).toEqual([
      { role: 'user', parts: [{ text: 's' }] },
      ...begins,
    ]);
  });
});

describe('earlier thinking', () => {
  const thinking = { type: 'thinking', thinking: 't', signature: 's' };
  const redacted = { type: 'redacted_thinking', data: 'd' };
  const toolUse = { type: 'tool_use', id: 't1', name: 'f', input: {} };
  const text = { type: 'text', text: 'x' };

  it('goes, and thinking is switched off where the last turn calls tools without it', () => {
    const body = {
      thinking: { type: 'enabled', budget_tokens: 1024 },
      context_management: { edits: [{ type: 'clear_thinking_20251015' }] },
      messages: [
        user('u'),
        assistant([redacted]),
        assistant([thinking, text, toolUse]),
        user([{ type: 'tool_result', tool_use_id: 't1', content: 'r' }]),
      ],
    };
    const result = repaired('messages', body, 'no-thinking-replay');
    expect(result).toEqual({
      body: { messages: [body.messages[0], assistant([text, toolUse]), body.messages[3]] },
      repairs: ['switched off thinking', 'left out earlier thinking'],
    });
  });

  it('stays switched on where it may: after a plain answer, or when the model decides', () => {
    const enabled = {
      thinking: { type: 'enabled' },
      messages: [user('u'), assistant([thinking, text]), user('more')],
    };
    expect(settled('messages', enabled, 'no-thinking-replay').thinking).toEqual({ type: 'enabled' });
    const adaptive = {
      thinking: { type: 'adaptive' },
      messages: [user('u'), assistant([thinking, toolUse])],
    };
    expect(settled('messages', adaptive, 'no-thinking-replay').thinking).toEqual({ type: 'adaptive' });
  });

  it('is switched off too where a begun answer is to be continued', () => {
    const begun = { thinking: { type: 'enabled' }, messages: [user('u'), assistant('So')] };
    expect(repaired('messages', begun, 'no-thinking-replay')).toEqual({
      body: { messages: begun.messages },
      repairs: ['switched off thinking'],
    });
  });

  it('goes in the other dialects too', () => {
    expect(
      settled('chat', { messages: [{ ...assistant('x'), reasoning_content: 'r' }] }, 'no-thinking-replay'),
    ).toEqual({ messages: [assistant('x')] });
    const input = [
      { type: 'reasoning', id: 'rs_1', encrypted_content: 'e', summary: [] },
      { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'item_reference', id: 'x' },
    ];
    expect(settled('responses', { input }, 'no-thinking-replay').input).toEqual([
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'item_reference', id: 'x' },
    ]);
    const parts = [
      { text: 'hm', thought: true },
      { text: 'x', thoughtSignature: 'a' },
      { functionCall: { name: 'f' }, thoughtSignature: 'b' },
      { functionCall: { name: 'g' } },
    ];
    expect(
      settled('gemini', { contents: [{ role: 'model', parts }] }, 'no-thinking-replay').contents,
    ).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'x' },
          { functionCall: { name: 'f' }, thoughtSignature: 'skip_thought_signature_validator' },
          { functionCall: { name: 'g' } },
        ],
      },
    ]);
  });
});

describe('schemas', () => {
  const rich = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { n: { type: ['integer', 'null'], exclusiveMinimum: 0 } },
    additionalProperties: false,
  };

  it('become what Gemini takes, in its own dialect and behind chat, and arguments stay', () => {
    const declaration = { name: 'f', parametersJsonSchema: rich };
    const contents = [
      { role: 'model', parts: [{ functionCall: { name: 'f', args: { additionalProperties: 1 } } }] },
    ];
    const gemini = settled(
      'gemini',
      { contents, tools: [{ functionDeclarations: [declaration] }, { googleSearch: {} }] },
      'plain-schemas',
    );
    const plain = { type: 'OBJECT', properties: { n: { type: 'INTEGER', nullable: true, minimum: 1 } } };
    expect(gemini).toEqual({
      contents,
      tools: [{ functionDeclarations: [{ name: 'f', parameters: plain }] }, { googleSearch: {} }],
    });
    const tools = [{ type: 'function', function: { name: 'f', strict: true, parameters: rich } }];
    expect(settled('chat', { tools }, 'plain-schemas').tools).toEqual([
      {
        type: 'function',
        function: {
          name: 'f',
          parameters: { type: 'object', properties: { n: { type: 'integer', nullable: true, minimum: 1 } } },
        },
      },
    ]);
  });

  it('of answers too', () => {
    const { body, repairs } = repaired(
      'gemini',
      { generationConfig: { responseSchema: rich } },
      'plain-schemas',
    );
    expect(JSON.stringify(body)).not.toContain('additionalProperties');
    expect(repairs).toEqual(['simplified the answer schema']);
  });
});
