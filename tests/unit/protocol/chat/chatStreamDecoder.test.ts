import { describe, expect, it } from 'vitest';
import { createChatStreamDecoder } from '../../../../main/protocol/chat/chatStreamDecoder.ts';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';

const chunk = (delta: unknown, finish: unknown = null, more: object = {}): object => ({
  id: 'up',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'um',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const done = '[DONE]';

function read(...data: (object | string)[]): TurnEvent[] {
  const decoder = createChatStreamDecoder('req_1');
  const events = data.flatMap((one) => decoder.push(typeof one === 'string' ? one : JSON.stringify(one)));
  return [...events, ...decoder.end()];
}

function collect(...data: (object | string)[]) {
  const collector = createTurnCollector();
  for (const event of read(...data)) collector.push(event);
  return collector.result();
}

const call = (piece: object) => chunk({ tool_calls: [piece] });
const callsOf = (...data: (object | string)[]) =>
  collect(...data, chunk({}, 'stop'), done).parts.map((part) =>
    part.type === 'toolCall' ? [part.id, part.name, part.arguments] : part.type,
  );

describe('a usual stream', () => {
  it('is told in order', () => {
    expect(
      read(
        chunk({ role: 'assistant', content: '' }),
        chunk({ reasoning_content: 'hm' }),
        chunk({ content: 'Hi' }),
        call({ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '' } }),
        call({ index: 0, function: { arguments: '{}' } }),
        chunk({}, 'tool_calls'),
        { ...chunk({}), choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
        done,
      ),
    ).toEqual([
      { type: 'start', id: 'up', model: 'um' },
      { type: 'reasoning', text: 'hm' },
      { type: 'reasoningEnd', signature: null, redacted: false, id: null },
      { type: 'text', text: 'Hi' },
      { type: 'toolCall', index: 0, kind: 'function', id: 'c', name: 'f', signature: null },
      { type: 'toolArguments', index: 0, text: '{}' },
      {
        type: 'usage',
        usage: { inputTokens: 3, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 2, reasoningTokens: 0 },
      },
      { type: 'finish', reason: 'toolCalls', stopSequence: null },
      { type: 'end' },
    ]);
  });

  it('may end without [DONE], but not without a reason', () => {
    expect(read(chunk({ content: 'x' }), chunk({}, 'length')).slice(-2)).toEqual([
      { type: 'finish', reason: 'length', stopSequence: null },
      { type: 'end' },
    ]);
    expect(read(chunk({ content: 'x' })).map(({ type }) => type)).toEqual(['start', 'text']);
    expect(read(chunk({ content: 'x' }), done).at(-1)).toEqual({ type: 'end' });
  });

  it('says its last words even behind a reason', () => {
    const events = read(chunk({ content: 'a' }, 'stop'), chunk({ content: 'b' }, 'stop'), done);
    expect(events.map(({ type }) => type)).toEqual(['start', 'text', 'text', 'finish', 'end']);
  });
});

describe('odd shapes', () => {
  it.each([
    ['choices null, usage null', { id: 'x', choices: null, usage: null }],
    ['no choices', { id: 'x' }],
    ['created as text, role model', { ...chunk({ role: 'model', content: '' }), created: '17' }],
    ['delta null', chunk(null)],
    ['no index', { choices: [{ delta: { content: '' } }] }],
    ['another choice', { choices: [{ index: 1, delta: { content: 'no' } }] }],
    ['an empty finish', chunk({}, '')],
    ['an unknown event', { type: 'keepalive' }],
    ['a blank', ' '],
  ])('%s is no harm', (_name, odd) => {
    const { parts, finish } = collect(odd, chunk({ content: 'x' }), odd, chunk({}, 'stop'), odd, done);
    expect(parts).toEqual([{ type: 'text', text: 'x' }]);
    expect(finish).toBe('stop');
  });

  it('text may lack its index', () => {
    expect(collect({ choices: [{ delta: { content: 'x' } }] }, done).parts).toEqual([
      { type: 'text', text: 'x' },
    ]);
  });

  it.each([
    [{ reasoning: 'r' }],
    [{ reasoning: 'r', reasoning_content: 'r' }],
    [{ reasoning_details: [{ type: 'reasoning.text', text: 'r' }] }],
    [{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'r' }] }] }],
  ])('%j is reasoning', (delta) => {
    expect(collect(chunk(delta), done).parts).toEqual([{ type: 'reasoning', text: 'r' }]);
  });

  it.each(['think', 'thinking', 'thought'])('<%s> at the beginning of the text is reasoning', (tag) => {
    const text = `\n<${tag}>\nWell, 1 < 2.\n\nSo:\n</${tag}>\n\nYes. </${tag}>`;
    const parts = [
      { type: 'reasoning', text: 'Well, 1 < 2.\n\nSo:' },
      { type: 'text', text: `Yes. </${tag}>` },
    ];
    expect(collect(chunk({ content: text }), done).parts).toEqual(parts);
    for (const size of [1, 2, 3, 7]) {
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      expect(collect(...pieces.map((content) => chunk({ content })), done).parts).toEqual(parts);
    }
  });

  it.each(['<', '<thin', '<thinks>', 'a <think>b</think>', ' \n'])('%j is text', (content) => {
    expect(collect(chunk({ content }), done).parts).toEqual([{ type: 'text', text: content }]);
  });

  it('thoughts end where a call begins, or the answer ends', () => {
    const calling = collect(chunk({ content: '<think>a' }), call({ id: 'c', function: { name: 'f' } }), done);
    expect(calling.parts.map(({ type }) => type)).toEqual(['reasoning', 'toolCall']);
    expect(collect(chunk({ content: '<think>a</thi' }), done).parts).toEqual([
      { type: 'reasoning', text: 'a</thi' },
    ]);
    expect(collect(chunk({ content: '<think></think>b' }), done).parts).toEqual([
      { type: 'text', text: 'b' },
    ]);
  });

  it('leaves <think> in the text where thoughts have a place of their own', () => {
    const parts = collect(
      chunk({ reasoning_content: 'a' }),
      chunk({ content: '<think>b</think>c' }),
      done,
    ).parts;
    expect(parts).toEqual([
      { type: 'reasoning', text: 'a' },
      { type: 'text', text: '<think>b</think>c' },
    ]);
  });

  it('reads refusals, pictures and citations', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    const cited = { url: 'https://x.test', title: 'X', start_index: 0, end_index: 2 };
    const { parts } = collect(
      chunk({ content: 'Hi' }),
      chunk({ annotations: [{ type: 'url_citation', url_citation: cited }, { type: 'file_citation' }] }),
      chunk({ images: [image] }),
      chunk({ refusal: 'no' }),
      done,
    );
    expect(parts).toMatchObject([
      { type: 'text', text: 'Hi', citations: [{ url: 'https://x.test', title: 'X', start: 0, end: 2 }] },
      { type: 'media', media: 'image', mediaType: 'image/png', source: { data: 'AAAA' } },
      { type: 'refusal', text: 'no' },
    ]);
  });

  it.each([
    ['max_tokens', 'length'],
    ['SAFETY', 'contentFilter'],
    ['eos', 'stop'],
    ['constructor', 'stop'],
  ])('finish %s is %s', (reason, expected) => {
    expect(collect(chunk({ content: 'x' }, reason), done).finish).toBe(expected);
  });
});

describe('tool calls', () => {
  const whole = (id: string | undefined, json: string, more: object = {}) =>
    call({ id, type: 'function', function: { name: 'f', arguments: json }, ...more });

  it('without index or type', () => {
    expect(callsOf(whole('a', '{"x":'), call({ function: { arguments: '1}' } }), whole('b', '{}'))).toEqual([
      ['a', 'f', '{"x":1}'],
      ['b', 'f', '{}'],
    ]);
  });

  it('with their id and name in every piece', () => {
    const piece = (json: string) => whole('a', json, { index: 0 });
    expect(callsOf(piece('{"x"'), piece(':1}'))).toEqual([['a', 'f', '{"x":1}']]);
    expect(callsOf(whole('a', '{"x"'), whole('a', ':1}'))).toEqual([['a', 'f', '{"x":1}']]);
  });

  it('without ids get some, each its own', () => {
    const calls = callsOf(whole(undefined, '{"x":1}'), whole(undefined, '{"x":2}'));
    expect(calls.map(([, , json]) => json)).toEqual(['{"x":1}', '{"x":2}']);
    expect(new Set(calls.map(([id]) => id)).size).toBe(2);
    expect(calls[0]?.[0]).toMatch(/^call_1_/);
  });

  it('of one id are told apart', () => {
    const calls = callsOf(whole('a', '{}', { index: 0 }), whole('a', '{}', { index: 1 }));
    expect(new Set(calls.map(([id]) => id)).size).toBe(2);
  });

  it('that are all number 0 are told apart by their ids', () => {
    expect(callsOf(whole('a', '{}', { index: 0 }), whole('b', '{"y":1}', { index: 0 }))).toEqual([
      ['a', 'f', '{}'],
      ['b', 'f', '{"y":1}'],
    ]);
  });

  it('mixed among each other', () => {
    const piece = (index: number, json: string) => call({ index, function: { arguments: json } });
    const begin = (index: number) =>
      call({ index, id: `c${index}`, function: { name: `f${index}`, arguments: '' } });
    expect(
      callsOf(begin(0), begin(1), piece(0, '{"a"'), piece(1, '{"b"'), piece(0, ':0}'), piece(1, ':1}')),
    ).toEqual([
      ['c0', 'f0', '{"a":0}'],
      ['c1', 'f1', '{"b":1}'],
    ]);
  });

  it('wait for their name', () => {
    const events = read(
      call({ index: 0, id: 'a' }),
      call({ index: 0, function: { arguments: '{' } }),
      call({ index: 0, function: { name: 'f' } }),
      call({ index: 0, function: { arguments: '}' } }),
    );
    expect(events.slice(1)).toMatchObject([
      { type: 'toolCall', id: 'a', name: 'f' },
      { type: 'toolArguments', text: '{' },
      { type: 'toolArguments', text: '}' },
    ]);
  });

  it('with arguments that are an object', () => {
    expect(callsOf(call({ id: 'a', function: { name: 'f', arguments: { x: 1 } } }))).toEqual([
      ['a', 'f', '{"x":1}'],
    ]);
  });

  it('of custom tools, of Gemini and of old', () => {
    const extra_content = { google: { thought_signature: 'sig' } };
    const { parts, finish } = collect(
      call({ index: 0, id: 'a', type: 'custom', custom: { name: 'sql', input: 'select' } }),
      call({ index: 0, custom: { input: ' 1' } }),
      call({ index: 1, id: 'b', function: { name: 'f', arguments: '{}' }, extra_content }),
      chunk({}, 'tool_calls'),
    );
    expect(parts).toMatchObject([
      { kind: 'custom', name: 'sql', arguments: 'select 1' },
      { kind: 'function', signature: { family: 'gemini', value: 'sig' } },
    ]);
    expect(finish).toBe('toolCalls');
    const legacy = [
      chunk({ function_call: { name: 'f', arguments: '' } }),
      chunk({ function_call: { arguments: '{"a":1}' } }),
      chunk({}, 'function_call'),
    ];
    expect(collect(...legacy)).toMatchObject({
      parts: [{ name: 'f', arguments: '{"a":1}' }],
      finish: 'toolCalls',
    });
  });

  it('end in toolCalls whatever the server calls it', () => {
    expect(collect(whole('a', '{}'), chunk({}, 'stop'), done).finish).toBe('toolCalls');
    expect(collect(whole('a', '{'), chunk({}, 'length'), done).finish).toBe('length');
    expect(collect(chunk({ content: 'x' }), chunk({}, 'tool_calls'), done).finish).toBe('stop');
  });
});

describe('usage', () => {
  const counted = (usage: object) => collect(chunk({ content: 'x' }, 'stop', { usage }), done).usage;

  it.each([
    [
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
      [10, 4, 1, 5, 2],
    ],
    [{ prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 8 }, [10, 8, 0, 5, 0]],
    [{ prompt_tokens: '10', completion_tokens: null, total_tokens: 15 }, [10, 0, 0, 5, 0]],
    [
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 18,
        completion_tokens_details: { reasoning_tokens: 3 },
      },
      [10, 0, 0, 8, 3],
    ],
    // Gemini's OpenAI surface counts its thoughts in the total alone.
    [{ prompt_tokens: 10, completion_tokens: 5, total_tokens: 115 }, [10, 0, 0, 105, 100]],
    [
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 515, cache_read_input_tokens: 500 },
      [10, 500, 0, 5, 0],
    ],
  ])('%j', (usage, [inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens]) => {
    expect(counted(usage)).toEqual({
      inputTokens,
      cachedTokens,
      cacheWriteTokens,
      outputTokens,
      reasoningTokens,
    });
  });

  it('of nothing is none', () => {
    expect(counted({ prompt_tokens: 0, completion_tokens: 0 })).toBeNull();
  });

  it('in every chunk is told when it changes, and the last holds', () => {
    const at = (completion_tokens: number) => ({ usage: { prompt_tokens: 3, completion_tokens } });
    const stream = [
      chunk({ content: 'a' }, null, at(1)),
      chunk({ content: 'b' }, null, at(1)),
      chunk({}, 'stop', at(2)),
    ];
    expect(read(...stream).filter(({ type }) => type === 'usage')).toHaveLength(2);
    expect(collect(...stream).usage?.outputTokens).toBe(2);
  });

  it('is found in the choice and beside it', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    const inChoice = { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] };
    expect(collect(inChoice).usage?.inputTokens).toBe(1);
    expect(collect(chunk({}, 'stop', { x_groq: { usage } })).usage?.inputTokens).toBe(1);
  });
});

describe('faults', () => {
  it.each([
    [{ error: { message: 'quota', code: 'insufficient_quota' } }, 'quota', 'insufficient_quota'],
    [{ error: { message: 'slow down', code: 429 } }, 'slow down', '429'],
    [{ error: 'plain words' }, 'plain words', null],
    [{ object: 'error', message: 'vllm', code: 400 }, 'vllm', '400'],
    [{ code: 'InvalidParameter', message: 'dashscope', request_id: 'r' }, 'dashscope', 'InvalidParameter'],
    [{ choices: null, base_resp: { status_code: 1004, status_msg: 'minimax' } }, 'minimax', '1004'],
    [
      { choices: [{ index: 0, delta: {}, error: { message: 'openrouter', code: 502 } }] },
      'openrouter',
      '502',
    ],
    [{ choices: [{ index: 0, delta: {}, finish_reason: 'error' }] }, 'the upstream failed', null],
  ])('%j', (fault, message, code) => {
    const events = read(chunk({ content: 'x' }), fault, chunk({ content: 'y' }), done);
    expect(events.at(-1)).toEqual({ type: 'error', message: expect.stringContaining(message), code });
    expect(events.filter(({ type }) => type === 'text')).toHaveLength(1);
  });

  it.each(['upstream busy', '"text"', '[1]', '{"a":'])('%s is foreign', (data) => {
    expect(() => read(data)).toThrow(ForeignEventError);
  });
});
