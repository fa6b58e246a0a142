import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../main/base/gatewayError.ts';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import type { JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';
import { cliRequest } from './fixture.ts';

const decode = (body: object): Turn =>
  geminiDialect.decodeRequest(body as JsonObject, { model: 'm', stream: true });
const contents = [{ parts: [{ text: 'Hi' }] }];
const parts = (...given: object[]) =>
  decode({ contents: [{ role: 'user', parts: given }] }).messages[0]?.parts;

function refusal(body: object): GatewayError {
  try {
    decode(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a request of Gemini CLI', () => {
  const turn = decode(cliRequest);

  it('keeps the roles, with the system instruction first', () => {
    expect(turn.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(turn).toMatchObject({ model: 'm', stream: true, maxTokens: null, output: null, dropped: [] });
    expect(turn.sampling).toMatchObject({ temperature: 1, topP: 0.95, topK: 64 });
    expect(turn.reasoning).toEqual({ effort: 'high', budgetTokens: null, adaptive: false, visible: true });
  });

  it('gives calls without ids ids of their place, and results their calls in order', () => {
    const [first, second] = turn.messages[4]!.parts;
    expect(first).toMatchObject({
      type: 'toolCall',
      id: 'call_1_read_file',
      arguments: '{"absolute_path":"/w/package.json"}',
    });
    expect(first).toHaveProperty('signature.family', 'gemini');
    expect(second).toMatchObject({ id: 'call_2_read_file', name: 'read_file' });
    expect(second).not.toHaveProperty('signature');
    expect(turn.messages[5]!.parts).toEqual([
      {
        type: 'toolResult',
        callId: 'call_1_read_file',
        name: 'read_file',
        kind: 'function',
        isError: false,
        parts: [{ type: 'text', text: '{"name":"w"}' }],
      },
      {
        type: 'toolResult',
        callId: 'call_2_read_file',
        name: 'read_file',
        kind: 'function',
        isError: true,
        parts: [{ type: 'text', text: 'File not found: /w/README.md' }],
      },
    ]);
    expect(decode(cliRequest)).toEqual(turn);
  });

  it('reads schemas in both spellings', () => {
    const [read, , todos, docs] = turn.tools;
    expect(read).toMatchObject({
      kind: 'function',
      name: 'read_file',
      schema: { required: ['absolute_path'] },
    });
    expect(docs).toMatchObject({ name: 'get_internal_docs', schema: null });
    expect(todos).toHaveProperty('schema', {
      type: 'object',
      properties: {
        todos: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            properties: {
              description: { type: 'string' },
              status: { type: 'string', enum: ['pending', 'in_progress', 'completed'] },
              note: { type: ['string', 'null'] },
            },
            required: ['description', 'status'],
          },
        },
      },
      required: ['todos'],
    });
  });
});

describe('parts', () => {
  it('are read in snake_case too, and the names of arguments left alone', () => {
    const turn = decode({
      system_instruction: { parts: [{ text: 'Be brief' }] },
      contents: [
        { parts: [{ inline_data: { mime_type: 'image/png', data: 'AAAA' } }] },
        {
          role: 'model',
          parts: [{ function_call: { name: 'f', args: { some_name: 1 } }, thought_signature: 'c2ln' }],
        },
        { role: 'function', parts: [{ function_response: { name: 'f', response: { my_answer: 2 } } }] },
      ],
      generation_config: {
        max_output_tokens: 9,
        stop_sequences: ['x'],
        thinking_config: { thinking_budget: -1 },
      },
      tool_config: { function_calling_config: { mode: 'any', allowed_function_names: ['f'] } },
      safety_settings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
    });
    expect(turn.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(turn.messages[1]?.parts[0]).toMatchObject({
      media: 'image',
      mediaType: 'image/png',
      source: { data: 'AAAA' },
    });
    expect(turn.messages[2]?.parts[0]).toMatchObject({
      arguments: '{"some_name":1}',
      signature: { value: 'c2ln' },
    });
    expect(turn.messages[3]?.parts[0]).toMatchObject({
      parts: [{ text: '{"my_answer":2}' }],
      isError: false,
    });
    expect(turn).toMatchObject({
      maxTokens: 9,
      stop: ['x'],
      toolChoice: { type: 'tool', name: 'f' },
      dropped: ['safetySettings'],
    });
    expect(turn.reasoning).toMatchObject({ budgetTokens: -1, adaptive: true, effort: null });
  });

  it('hold media of every kind', () => {
    const text = Buffer.from('Grüße').toString('base64');
    expect(
      parts(
        { inlineData: { mimeType: 'audio/wav', data: 'QQ==' } },
        { inlineData: { mimeType: 'application/pdf', data: 'QQ==', displayName: 'a.pdf' } },
        { inlineData: { mimeType: 'text/csv', data: text } },
        { fileData: { fileUri: 'https://example.org/cat.png?size=2' } },
        {
          fileData: {
            fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/x',
            mimeType: 'video/mp4',
          },
        },
        { fileData: { fileUri: 'https://www.youtube.com/watch?v=1' } },
      ),
    ).toMatchObject([
      { media: 'audio', source: { from: 'base64' } },
      { media: 'file', name: 'a.pdf' },
      { media: 'file', mediaType: 'text/csv', source: { from: 'text', text: 'Grüße' } },
      { media: 'image', mediaType: 'image/png', source: { from: 'url' } },
      { media: 'video', source: { from: 'file' } },
      { media: 'video', mediaType: null, source: { from: 'url' } },
    ]);
  });

  it('of a stream that a client kept chunk by chunk become one again', () => {
    const turn = decode({
      contents: [
        ...contents,
        { role: 'model', parts: [{ text: 'I thi', thought: true }] },
        { role: 'model', parts: [{ text: 'nk', thought: true }] },
        { role: 'model', parts: [{ text: '', thought: true, thoughtSignature: 'AAAA' }] },
        { role: 'model', parts: [{ text: 'Hel' }] },
        { role: 'model', parts: [{ text: 'lo' }, { text: '' }] },
        { role: 'model', parts: [{ text: '', thoughtSignature: 'BBBB' }] },
        { role: 'model', parts: [{ text: '!' }] },
      ],
    });
    expect(turn.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'I think', signature: { family: 'gemini', value: 'AAAA' } },
          { type: 'text', text: 'Hello', signature: { family: 'gemini', value: 'BBBB' } },
          { type: 'text', text: '!' },
        ],
      },
    ]);
  });

  it('match results to calls by id first, then by name', () => {
    const call = (name: string, id?: string) => ({ functionCall: { name, args: {}, ...(id ? { id } : {}) } });
    const response = (name: string, id?: string) => ({
      functionResponse: { name, response: { output: name }, ...(id ? { id } : {}) },
    });
    const turn = decode({
      contents: [
        ...contents,
        { role: 'model', parts: [call('a', 'one'), call('b'), call('a', 'two'), call('a b/c')] },
        {
          role: 'user',
          parts: [response('a', 'two'), response('a'), response('a b/c'), response('b', 'strange')],
        },
      ],
    });
    const results = turn.messages[2]!.parts.map((part) => (part.type === 'toolResult' ? part.callId : null));
    expect(results).toEqual(['two', 'one', 'call_2_a_b_c', 'call_1_b']);
  });

  it.each([
    [{ name: 'f', content: 'plain' }, 'plain', false],
    [{ name: 'f', error: 'broke' }, 'broke', true],
    [{ result: { a: 1 } }, '{"a":1}', false],
    [{ output: 'x', error: 'y' }, '{"output":"x","error":"y"}', false],
    [{ name: 'Bob' }, '{"name":"Bob"}', false],
    [undefined, '{}', false],
  ])('read the response %j', (response, text, isError) => {
    const turn = decode({
      contents: [...contents, { parts: [{ functionResponse: { name: 'f', response } }] }],
    });
    expect(turn.messages[1]?.parts[0]).toMatchObject({ parts: [{ text }], isError });
  });

  it('tell in words what Gemini ran by itself', () => {
    const ran = [
      { executableCode: { language: 'PYTHON', code: 'print(1)' } },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
    ];
    const turn = decode({ contents: [...contents, { role: 'model', parts: ran }] });
    expect(turn.messages[1]?.parts).toEqual([
      { type: 'text', text: '\n```python\nprint(1)\n```\n\n```\n1\n```\n' },
    ]);
  });
});

describe('settings', () => {
  it.each([
    [{ responseMimeType: 'application/json' }, { type: 'json' }],
    [{ responseMimeType: 'text/plain' }, null],
    [
      {
        responseMimeType: 'application/json',
        responseSchema: { type: 'STRING', enum: ['a'], nullable: true },
      },
      { schema: { type: ['string', 'null'], enum: ['a', null] } },
    ],
    [
      { responseMimeType: 'application/json', responseJsonSchema: { $ref: '#/$defs/a', $defs: { a: {} } } },
      { schema: { $ref: '#/$defs/a', $defs: { a: {} } } },
    ],
  ])('of output: %j', (generationConfig, output) => {
    const found = decode({ contents, generationConfig }).output;
    if (output) expect(found).toMatchObject(output);
    else expect(found).toBeNull();
  });

  it.each([
    ['AUTO', undefined, { type: 'auto' }],
    ['NONE', undefined, { type: 'none' }],
    ['ANY', undefined, { type: 'required' }],
    ['ANY', ['f', 'g'], { type: 'allowed', names: ['f', 'g'], required: true }],
    ['VALIDATED', undefined, { type: 'auto' }],
    ['VALIDATED', ['f'], { type: 'allowed', names: ['f'], required: false }],
  ])('of tools: %s %j', (mode, allowedFunctionNames, choice) => {
    const toolConfig = { functionCallingConfig: { mode, allowedFunctionNames } };
    expect(decode({ contents, toolConfig }).toolChoice).toEqual(choice);
  });

  it('name what only Google knows, and the tools it runs itself', () => {
    const turn = decode({
      contents,
      tools: [{ googleSearch: {} }, { urlContext: {}, functionDeclarations: [{ name: 'f' }] }],
      labels: { a: 'b' },
      generationConfig: {
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
        speechConfig: {},
        responseModalities: ['TEXT'],
      },
      serviceTier: 'standard',
    });
    expect(turn.tools).toMatchObject([
      { kind: 'hosted', type: 'googleSearch' },
      { kind: 'function', name: 'f' },
      { kind: 'hosted', type: 'urlContext' },
    ]);
    expect(turn.dropped).toEqual(['mediaResolution', 'speechConfig', 'labels']);
    expect(turn.serviceTier).toBe('default');
  });
});

describe('what is wrong is named', () => {
  it.each([
    [{}, 'contents', /at least one/],
    [{ contents: 'Hi' }, 'contents', /a list/],
    [{ contents: [{ role: 'system', parts: [] }] }, 'contents[0].role', /"user" or "model"/],
    [{ contents: [{ role: 'user', parts: [{ text: 1 }] }] }, 'contents[0].parts[0].text', /a string/],
    [
      { contents: [{ role: 'user', parts: [{ functionCall: { name: 'f' } }] }] },
      'contents[0].parts[0]',
      /role "model"/,
    ],
    [
      { contents: [{ role: 'model', parts: [{ functionResponse: { name: 'f' } }] }] },
      'contents[0].parts[0]',
      /role "user"/,
    ],
    [
      { contents: [{ parts: [{ inlineData: { mimeType: 'image/png' } }] }] },
      'contents[0].parts[0]',
      /inlineData/,
    ],
    [
      { contents, tools: [{ functionDeclarations: [{}] }] },
      'tools[0].functionDeclarations[0].name',
      /a string/,
    ],
    [{ contents, generationConfig: { temperature: 'hot' } }, 'generationConfig.temperature', /a number/],
    [
      { contents, generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } },
      'generationConfig.responseModalities',
      /kind "gemini"/,
    ],
    [
      { contents, generationConfig: { responseMimeType: 'text/x.enum' } },
      'generationConfig.responseMimeType',
      /application\/json/,
    ],
    [
      { contents, generationConfig: { thinkingConfig: { thinkingLevel: 'MUCH' } } },
      'generationConfig.thinkingConfig.thinkingLevel',
      /HIGH/,
    ],
    [
      { contents, toolConfig: { functionCallingConfig: { mode: 'SOME' } } },
      'toolConfig.functionCallingConfig.mode',
      /AUTO/,
    ],
    [{ contents, cachedContent: 'cachedContents/1' }, 'cachedContent', /whole contents/],
  ])('%j', (body, param, message) => {
    const error = refusal(body);
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, param });
    expect(error.message).toMatch(message);
  });
});

it('takes an object for a list of one, as Google does', () => {
  const declaration = { name: 'f' };
  const one = {
    contents: { role: 'user', parts: { text: 'Hi' } },
    system_instruction: { parts: { text: 'Be brief' } },
    tools: { function_declarations: declaration },
  };
  const list = {
    contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
    system_instruction: { parts: [{ text: 'Be brief' }] },
    tools: [{ function_declarations: [declaration] }],
  };
  expect(decode(one)).toEqual(decode(list));
  expect(decode(one).tools).toHaveLength(1);
  expect(refusal({ contents: 'Hi' }).message).toBe('"contents" must be a list.');
});
