import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../main/base/gatewayError.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { readJsonFixture } from './fixture.ts';

const decode = (body: JsonObject) =>
  responsesDialect.decodeRequest({ model: 'm', input: 'Hi', ...body }, { model: 'm', stream: false });

function refusal(body: JsonObject): GatewayError {
  try {
    decode(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('was taken');
}

describe('a request of Codex', () => {
  const turn = responsesDialect.decodeRequest(readJsonFixture('codex-request.json'), {
    model: 'gpt-5.1-codex',
    stream: true,
  });

  it('keeps who said what, and what was made in one go together', () => {
    expect(turn.messages.map(({ role, parts }) => [role, ...parts.map(({ type }) => type)])).toEqual([
      ['system', 'text'],
      ['developer', 'text'],
      ['user', 'text'],
      ['user', 'text', 'media'],
      ['assistant', 'reasoning', 'text', 'toolCall', 'toolCall'],
      ['user', 'toolResult', 'toolResult'],
      ['assistant', 'toolCall'],
      ['user', 'toolResult'],
      ['user', 'text'],
    ]);
  });

  it('keeps calls, results and sealed reasoning to the letter', () => {
    expect(turn.messages[4]?.parts[0]).toEqual({
      type: 'reasoning',
      text: '**Reading the file**',
      signature: { family: 'openai', value: 'gAAAAABo8fX2Y29kZXg=' },
    });
    expect(turn.messages[5]?.parts[1]).toEqual({
      type: 'toolResult',
      callId: 'call_R2',
      name: null,
      kind: 'function',
      isError: false,
      parts: [
        { type: 'text', text: 'a.ts' },
        {
          type: 'media',
          media: 'image',
          mediaType: 'image/png',
          source: { from: 'base64', data: 'AAAA' },
          name: null,
          detail: null,
        },
      ],
    });
    expect(turn.messages[6]?.parts[0]).toMatchObject({
      kind: 'custom',
      name: 'apply_patch',
      arguments: expect.stringContaining('*** Begin Patch\n'),
    });
    expect(turn.messages[7]?.parts[0]).toMatchObject({ kind: 'custom', callId: 'call_P1' });
  });

  it('keeps the tools, and names what its provider alone can do', () => {
    expect(turn.tools.map((tool) => [tool.kind, 'name' in tool ? tool.name : null])).toEqual([
      ['function', 'shell'],
      ['function', 'update_plan'],
      ['custom', 'apply_patch'],
      ['hosted', null],
    ]);
    expect(turn.tools[2]).toMatchObject({ format: { type: 'grammar', syntax: 'lark' } });
    expect(turn).toMatchObject({
      stream: true,
      toolChoice: { type: 'auto' },
      parallelToolCalls: true,
      reasoning: { effort: 'medium', visible: true },
      cacheKey: '019a5f0e-6c1d-7c53-9a7e-1f4f6a0b7c11',
      verbosity: 'low',
      dropped: ['web_search_call'],
    });
  });
});

describe('decodeResponsesRequest', () => {
  it.each([
    ['previous_response_id', { previous_response_id: 'resp_1' }, /history as items/],
    ['conversation', { conversation: { id: 'conv_1' } }, /history as items/],
    ['background', { background: true }, /stream/],
    ['prompt', { prompt: { id: 'pmpt_1' } }, /instructions/],
    ['input[0]', { input: [{ type: 'item_reference', id: 'msg_1' }] }, /"store": false/],
    ['input[0]', { input: [{ id: 'fc_1' }] }, /"store": false/],
    ['input[0]', { input: [{ type: 'compaction', encrypted_content: 'x' }] }, /provider/],
    ['input', { input: [] }, /says something/],
    ['input', { input: 7 }, /a string or a list/],
    ['input[0].role', { input: [{ role: 'tool', content: 'x' }] }, /"user", "assistant"/],
    [
      'input[0].content[0].image_url',
      { input: [{ role: 'user', content: [{ type: 'input_image' }] }] },
      /URL/,
    ],
    [
      'input[0].content[0].file_data',
      { input: [{ role: 'user', content: [{ type: 'input_file' }] }] },
      /file_id/,
    ],
    ['input[0].call_id', { input: [{ type: 'function_call', name: 'f', arguments: '{}' }] }, /a string/],
    [
      'input[0].output',
      { input: [{ type: 'function_call_output', call_id: 'c', output: 3 }] },
      /list of parts/,
    ],
    ['tools[0].name', { tools: [{ type: 'function', function: { name: 'f' } }] }, /a string/],
    ['tool_choice', { tool_choice: 'any' }, /"required"/],
    ['reasoning.effort', { reasoning: { effort: 'huge' } }, /minimal, low/],
    ['text.format.type', { text: { format: { type: 'xml' } } }, /json_schema/],
    ['text.format.schema', { text: { format: { type: 'json_schema', name: 'a' } } }, /an object/],
    ['temperature', { temperature: '1' }, /a number/],
  ] as [string, JsonObject, RegExp][])('refuses a wrong %s and says what to do', (param, body, words) => {
    const error = refusal(body);
    expect(error.code).toBe('invalid_request');
    expect(error.message).toMatch(words);
    expect(error.param).toBe(param);
  });

  it('takes reasoning that is only referred to for lost, and says so', () => {
    const turn = decode({
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'item_reference', id: 'rs_1' },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '' },
        { type: 'function_call_output', call_id: 'c', output: '' },
      ],
    });
    expect(turn.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(turn.messages[1]?.parts).toEqual([
      { type: 'toolCall', kind: 'function', id: 'c', name: 'f', arguments: '{}' },
    ]);
    expect(turn.dropped).toEqual(['item_reference']);
  });

  it('names what it leaves out, and nothing that says nothing', () => {
    const { dropped } = decode({
      metadata: {},
      truncation: 'disabled',
      store: false,
      include: ['reasoning.encrypted_content'],
      max_tool_calls: null,
      top_logprobs: 0,
    });
    expect(dropped).toEqual([]);
    expect(
      decode({
        metadata: { a: 'b' },
        truncation: 'auto',
        store: true,
        include: ['message.output_text.logprobs'],
        max_tool_calls: 3,
        top_logprobs: 2,
        brand_new: 1,
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'x' }, { type: 'input_hologram' }] },
          { type: 'mcp_call' },
        ],
      }).dropped,
    ).toEqual([
      'metadata',
      'truncation',
      'store',
      'max_tool_calls',
      'top_logprobs',
      'brand_new',
      'include',
      'input_hologram',
      'mcp_call',
    ]);
  });

  it('reads images, files and sound from wherever they are', () => {
    const image = { type: 'media', media: 'image', name: null, detail: null, mediaType: null };
    const file = { ...image, media: 'file' };
    const [message] = decode({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_image', image_url: 'https://a.example/b.png', detail: 'low' },
            { type: 'input_image', file_id: 'file_1' },
            { type: 'input_image', image_url: { url: 'data:image/webp;base64,UklG', detail: 'high' } },
            { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
            { type: 'input_file', filename: 'b.pdf', file_data: 'JVBE' },
            { type: 'input_file', file_url: 'https://a.example/c.pdf' },
            { type: 'input_file', file_id: 'file_2' },
            { type: 'input_audio', input_audio: { data: 'UklG', format: 'mp3' } },
          ],
        },
      ],
    }).messages;
    const pdf = { from: 'base64', data: 'JVBE' };
    expect(message?.parts).toEqual([
      { ...image, source: { from: 'url', url: 'https://a.example/b.png' }, detail: 'low' },
      { ...image, source: { from: 'file', id: 'file_1' } },
      { ...image, mediaType: 'image/webp', source: { from: 'base64', data: 'UklG' }, detail: 'high' },
      { ...file, name: 'a.pdf', mediaType: 'application/pdf', source: pdf },
      { ...file, name: 'b.pdf', mediaType: 'application/pdf', source: pdf },
      { ...file, source: { from: 'url', url: 'https://a.example/c.pdf' } },
      { ...file, source: { from: 'file', id: 'file_2' } },
      { ...image, media: 'audio', mediaType: 'audio/mpeg', source: { from: 'base64', data: 'UklG' } },
    ]);
  });

  it.each([
    [
      { type: 'function', name: 'f' },
      { type: 'tool', name: 'f' },
    ],
    [
      { type: 'custom', name: 'p' },
      { type: 'tool', name: 'p' },
    ],
    [{ type: 'web_search_preview' }, { type: 'tool', name: 'web_search_preview' }],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }, { type: 'mcp' }] },
      { type: 'allowed', names: ['f', 'mcp'], required: true },
    ],
  ])('tool_choice %j', (choice, read) => {
    expect(decode({ tool_choice: choice as JsonObject }).toolChoice).toEqual(read);
  });

  it('flattens tools in namespaces, and their calls with them', () => {
    const turn = decode({
      tools: [
        {
          type: 'namespace',
          name: 'crm',
          description: 'd',
          tools: [
            { type: 'function', name: 'find', parameters: null },
            { type: 'custom', name: 'note' },
          ],
        },
        { type: 'mcp', server_label: 'box' },
      ],
      input: [
        { role: 'user', content: 'x' },
        { type: 'function_call', namespace: 'crm', name: 'find', call_id: 'c', arguments: '{"a":1}' },
        { type: 'additional_tools', role: 'developer', tools: [{ type: 'function', name: 'late' }] },
      ],
    });
    expect(turn.tools.map(({ name }) => name)).toEqual(['crm__find', 'crm__note', 'box', 'late']);
    expect(turn.messages[1]?.parts[0]).toMatchObject({ name: 'crm__find' });
  });
});
