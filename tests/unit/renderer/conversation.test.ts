import { describe, expect, test } from 'vitest';
import { readAnswer, readRequest } from '../../../renderer/pages/requests/bodies/conversation.ts';
import { readEvents, splitStream } from '../../../renderer/pages/requests/bodies/events.ts';
import { answerPieces, readBody } from '../../../renderer/pages/requests/bodies/readBody.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const reasoning = (words: string) => ({ kind: 'reasoning', text: words });
const call = (name: string, words: string) => ({ kind: 'call', name, text: words });
const image = (detail: string) => ({ kind: 'media', mediaType: 'image/png', detail });

describe('a request is read as a conversation', () => {
  test('of chat completions', () => {
    const said = readRequest({
      model: 'm',
      messages: [
        { role: 'developer', content: 'be brief' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'what is it?' },
            { type: 'image_url', image_url: { url: '[left out: image/png, 12 kB]' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'hm',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'a gate' },
      ],
    });
    expect(said).toEqual([
      { role: 'system', pieces: [text('be brief')] },
      { role: 'user', pieces: [text('what is it?'), image('12 kB')] },
      { role: 'assistant', pieces: [reasoning('hm'), call('look', '{"at":1}')] },
      { role: 'tool', pieces: [{ kind: 'result', name: '', text: 'a gate' }] },
    ]);
  });

  test('of responses', () => {
    const said = readRequest({
      instructions: 'be brief',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'hi' },
            { type: 'input_image', image_url: 'https://x.test/a.png' },
          ],
        },
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: 'a gate' },
      ],
    });
    expect(said?.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'assistant', 'tool']);
    expect(said?.[1]?.pieces).toEqual([
      text('hi'),
      { kind: 'media', mediaType: 'input_image', detail: 'https://x.test/a.png' },
    ]);
    expect(said?.slice(2).flatMap(({ pieces }) => pieces)).toEqual([
      reasoning('hm'),
      call('look', '{}'),
      { kind: 'result', name: '', text: 'a gate' },
    ]);
    expect(readRequest({ input: 'hi' })).toEqual([{ role: 'user', pieces: [text('hi')] }]);
  });

  test('of messages', () => {
    const said = readRequest({
      system: [{ type: 'text', text: 'be brief' }],
      messages: [
        {
          role: 'user',
          content: [
            {
              type: 'image',
              source: { type: 'base64', media_type: 'image/png', data: '[left out: image/png, 1.2 MB]' },
            },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'x' },
            { type: 'tool_use', id: 't', name: 'look', input: { at: 1 } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'a gate' }] }],
        },
      ],
    });
    expect(said).toEqual([
      { role: 'system', pieces: [text('be brief')] },
      { role: 'user', pieces: [image('1.2 MB')] },
      { role: 'assistant', pieces: [reasoning('hm'), call('look', '{"at":1}')] },
      { role: 'tool', pieces: [{ kind: 'result', name: '', text: 'a gate' }] },
    ]);
  });

  test('of Gemini', () => {
    const said = readRequest({
      systemInstruction: { parts: [{ text: 'be brief' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'hi' },
            { inlineData: { mimeType: 'image/png', data: '[left out: image/png, 3 kB]' } },
          ],
        },
        {
          role: 'model',
          parts: [{ text: 'hm', thought: true }, { functionCall: { name: 'look', args: { at: 1 } } }],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { it: 'is' } } }] },
      ],
    });
    expect(said).toEqual([
      { role: 'system', pieces: [text('be brief')] },
      { role: 'user', pieces: [text('hi'), image('3 kB')] },
      { role: 'assistant', pieces: [reasoning('hm'), call('look', '{"at":1}')] },
      { role: 'tool', pieces: [{ kind: 'result', name: 'look', text: '{"it":"is"}' }] },
    ]);
  });

  test.each([[{ model: 'm', prompt: 'a cat' }], ['text'], [null], [[1, 2]]])('%j is none', (body) => {
    expect(readRequest(body)).toBeNull();
  });

  test.each([
    [{ messages: 'odd' }],
    [{ messages: [null, 3, { role: 7, content: { type: 'new', x: 1 } }] }],
    [{ contents: { parts: 1 } }],
  ])('%j is odd, and breaks nothing', (body) => {
    expect(readRequest(body)).toBeInstanceOf(Array);
  });
});

describe('an answer is read', () => {
  test.each<[string, unknown, unknown[]]>([
    ['chat', { choices: [{ message: { role: 'assistant', content: 'hi', refusal: null } }] }, [text('hi')]],
    [
      'messages',
      { role: 'assistant', type: 'message', content: [{ type: 'text', text: 'hi' }] },
      [text('hi')],
    ],
    [
      'responses',
      {
        output: [
          { type: 'reasoning', summary: [] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hi' }] },
        ],
      },
      [text('hi')],
    ],
    ['Gemini', { candidates: [{ content: { parts: [{ text: 'hi' }] } }] }, [text('hi')]],
    [
      'Gemini in chunks',
      [
        { candidates: [{ content: { parts: [{ text: 'h' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'i' }] } }] },
      ],
      [text('hi')],
    ],
    [
      'an error',
      { error: { message: 'no such model', code: 404 } },
      [{ kind: 'error', text: 'no such model' }],
    ],
    ['embeddings', { data: [{ embedding: [1] }] }, []],
  ])('of %s', (_name, body, pieces) => {
    expect(readAnswer(body)).toEqual(pieces);
  });

  const stream = (...events: unknown[]) =>
    events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
  const delta = (value: unknown) => ({ choices: [{ delta: value }] });

  test.each<[string, string, unknown[]]>([
    [
      'chat',
      stream(
        delta({ role: 'assistant', content: '' }),
        delta({ reasoning_content: 'h' }),
        delta({ reasoning_content: 'm' }),
        delta({ content: '你' }),
        delta({ content: '好' }),
        delta({ tool_calls: [{ index: 0, function: { name: 'look', arguments: '' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '{"at"' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
        '[DONE]',
      ),
      [reasoning('hm'), text('你好'), call('look', '{"at":1}')],
    ],
    [
      'messages',
      stream(
        { type: 'message_start', message: { role: 'assistant', content: [] } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'hi' } },
        {
          type: 'content_block_start',
          index: 2,
          content_block: { type: 'tool_use', name: 'look', input: {} },
        },
        { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{}' } },
        { type: 'message_stop' },
      ),
      [reasoning('hm'), text('hi'), call('look', '{}')],
    ],
    [
      'responses',
      stream(
        { type: 'response.created', response: { output: [] } },
        { type: 'response.reasoning_summary_text.delta', delta: 'hm' },
        { type: 'response.output_text.delta', delta: 'h' },
        { type: 'response.output_text.delta', delta: 'i' },
        {
          type: 'response.output_item.added',
          output_index: 2,
          item: { type: 'function_call', name: 'look' },
        },
        { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{}' },
        { type: 'response.completed', response: { output: [{ type: 'message', content: 'hi' }] } },
      ),
      [reasoning('hm'), text('hi'), call('look', '{}')],
    ],
    [
      'Gemini',
      stream(
        { candidates: [{ content: { parts: [{ text: 'h' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'i' }] } }] },
      ),
      [text('hi')],
    ],
    [
      'a stream that broke off',
      stream(delta({ content: 'h' }), { error: { message: 'broke off' } }),
      [text('h'), { kind: 'error', text: 'broke off' }],
    ],
  ])('of a stream of %s', (_name, body, pieces) => {
    expect(
      answerPieces(readBody({ text: body, mediaType: 'text/event-stream', bytes: 1, isCut: false })),
    ).toEqual(pieces);
  });

  test('events are told one by one, comments left out, whatever ends their lines', () => {
    const events = splitStream(
      ': hello\r\n\r\nevent: a\r\ndata: {"x":1}\r\n\r\ndata: one\ndata: two\n\ndata: {"cut',
    );
    expect(events).toEqual([
      { name: 'a', data: '{"x":1}', value: { x: 1 } },
      { name: null, data: 'one\ntwo', value: undefined },
      { name: null, data: '{"cut', value: undefined },
    ]);
    expect(readEvents(events)).toEqual([]);
  });

  test('what is cut is text, and what is no text is nothing', () => {
    const body = { mediaType: 'application/json', bytes: 9, isCut: true };
    expect(readBody({ ...body, text: '{"a":' })).toEqual({ form: 'text', text: '{"a":' });
    expect(readBody({ ...body, text: null, mediaType: 'audio/mpeg' })).toEqual({ form: 'none' });
  });
});
