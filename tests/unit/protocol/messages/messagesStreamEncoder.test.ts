import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitEvents } from '../../../../main/base/sseFramer.ts';
import type { DialectError } from '../../../../main/protocol/dialectError.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { createMessagesStreamEncoder } from '../../../../main/protocol/messages/messagesStreamEncoder.ts';
import { randomEvents } from './randomEvents.ts';
import { sdkMessage } from './sdkMessage.ts';
import { aContext } from './turns.ts';

interface Sent {
  type: string;
  index?: number;
  content_block?: Record<string, unknown>;
  delta?: Record<string, unknown>;
  message?: Record<string, unknown>;
  usage?: Record<string, unknown>;
}

function sent(text: string): Sent[] {
  return splitEvents(Buffer.from(text)).map(({ bytes, data }) => {
    const value = JSON.parse(data ?? 'null') as Sent;
    expect(bytes.toString()).toBe(`event: ${value.type}\ndata: ${data}\n\n`);
    return value;
  });
}

function encoded(events: readonly TurnEvent[]): string {
  const encoder = createMessagesStreamEncoder(aContext());
  return events.map((event) => encoder.push(event)).join('');
}

function argumentsOf(events: readonly TurnEvent[], index: number): string {
  return events
    .map((event) => (event.type === 'toolArguments' && event.index === index ? event.text : ''))
    .join('');
}

function isObjectText(json: string): boolean {
  try {
    return json.startsWith('{') && typeof JSON.parse(json) === 'object';
  } catch {
    return false;
  }
}

/** Throws where the order is not Anthropic's own. */
function checkOrder(events: readonly Sent[]): void {
  expect(events[0]?.type).toBe('message_start');
  expect(events.at(-2)?.type).toBe('message_delta');
  expect(events.at(-1)?.type).toBe('message_stop');
  let open: number | null = null;
  let next = 0;
  let proven = true;
  for (const { type, index, content_block: block, delta } of events.slice(1, -2)) {
    if (type === 'content_block_start') {
      expect([open, index]).toEqual([null, next]);
      open = next++;
      proven = block?.type !== 'thinking';
      continue;
    }
    expect(index).toBe(open);
    if (delta?.type === 'signature_delta') proven = true;
    if (type !== 'content_block_stop') continue;
    expect(proven).toBe(true);
    open = null;
  }
  expect(open).toBe(null);
}

const start: TurnEvent = { type: 'start', id: 'chatcmpl-1', model: 'm' };
const call = (index: number, id = `call_${index}`): TurnEvent => ({
  type: 'toolCall',
  index,
  kind: 'function',
  id,
  name: `tool${index}`,
  signature: null,
});
const args = (index: number, text: string): TurnEvent => ({ type: 'toolArguments', index, text });
const done: TurnEvent[] = [{ type: 'finish', reason: 'stop', stopSequence: null }, { type: 'end' }];

describe('messagesStreamEncoder', () => {
  it('writes what the SDK takes for the same answer, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(randomEvents, async (events) => {
        const text = encoded(events);
        checkOrder(sent(text));
        const message = await sdkMessage([Buffer.from(text)]);
        const said = events.flatMap((event) =>
          event.type === 'text' || event.type === 'refusal' ? [event.text] : [],
        );
        const thought = events.flatMap((event) => (event.type === 'reasoning' ? [event.text] : []));
        const calls = events.filter((event) => event.type === 'toolCall');
        const { content } = message;
        expect(content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')).toBe(
          said.join(''),
        );
        expect(content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join('')).toBe(
          thought.join(''),
        );
        const uses = content.filter((block) => block.type === 'tool_use');
        expect(uses.map(({ name }) => name)).toEqual(calls.map(({ name }) => name));
        expect(new Set(uses.map(({ id }) => id)).size).toBe(uses.length);
        for (const [at, { input }] of uses.entries()) {
          expect(Object.prototype.toString.call(input)).toBe('[object Object]');
          const json = argumentsOf(events, at);
          if (isObjectText(json)) expect(input).toEqual(JSON.parse(json));
        }
        const ended = events.find((event) => event.type === 'finish')?.reason;
        const whole = ended === 'stop' || ended === 'toolCalls';
        if (whole) expect(message.stop_reason).toBe(uses.length > 0 ? 'tool_use' : 'end_turn');
        for (const name of ['input_tokens', 'output_tokens'] as const)
          expect(message.usage[name]).toBeTypeOf('number');
      }),
      { numRuns: 300 },
    );
  });

  it('tells parallel calls one after the other, though their arguments come mixed', async () => {
    const events = [
      start,
      call(0),
      call(1),
      args(1, '{"b":'),
      args(0, '{"a":1'),
      args(1, '2}'),
      args(0, '}'),
      ...done,
    ];
    const message = await sdkMessage([Buffer.from(encoded(events))]);
    expect(message.content).toMatchObject([
      { type: 'tool_use', id: 'call_0', input: { a: 1 } },
      { type: 'tool_use', id: 'call_1', input: { b: 2 } },
    ]);
    expect(message.stop_reason).toBe('tool_use');
  });

  it('lets the open call’s arguments through at once', () => {
    const encoder = createMessagesStreamEncoder(aContext());
    for (const event of [start, call(0)]) encoder.push(event);
    expect(encoder.push(args(0, '{"command":"ls'))).toContain('{\\"command\\":\\"ls');
    expect(encoder.push(call(1))).toBe('');
    expect(encoder.push(args(0, '"}'))).toContain('tool1');
  });

  it('carries the proof of a Gemini call in the thinking before it, and makes a block where there is none', async () => {
    const proof = { family: 'gemini' as const, value: 'c2ln' };
    const signed = (index: number): TurnEvent => ({ ...call(index), signature: proof }) as TurnEvent;
    const events: TurnEvent[] = [
      start,
      { type: 'reasoning', text: 'Hm.' },
      { type: 'reasoningEnd', signature: null, redacted: false, id: null },
      signed(0),
      args(0, '{}'),
      signed(1),
      args(1, '{}'),
      ...done,
    ];
    const { content } = await sdkMessage([Buffer.from(encoded(events))]);
    expect(content).toMatchObject([
      { type: 'thinking', thinking: 'Hm.', signature: 'sluice:gemini:call::c2ln' },
      { type: 'tool_use', id: 'call_0' },
      { type: 'thinking', thinking: '', signature: 'sluice:gemini:call::c2ln' },
      { type: 'tool_use', id: 'call_1' },
    ]);
  });

  it('lets no proof cover thinking that was not proven by it', async () => {
    const ended = (value: string | null): TurnEvent => ({
      type: 'reasoningEnd',
      signature: value === null ? null : { family: 'anthropic', value },
      redacted: false,
      id: null,
    });
    const thought = (text: string): TurnEvent => ({ type: 'reasoning', text });
    const events = [start, thought('One.'), ended(null), thought('Two.'), ended('EqQB'), ...done];
    expect((await sdkMessage([Buffer.from(encoded(events))])).content).toMatchObject([
      { thinking: 'One.', signature: '' },
      { thinking: 'Two.', signature: 'EqQB' },
    ]);
  });

  it('counts as Anthropic does, last what the upstream said last', async () => {
    const usage = {
      inputTokens: 100,
      cachedTokens: 60,
      cacheWriteTokens: 30,
      outputTokens: 9,
      reasoningTokens: 4,
    };
    const text = encoded([
      start,
      { type: 'text', text: 'x' },
      ...done.slice(0, 1),
      { type: 'usage', usage },
      done[1]!,
    ]);
    expect(sent(text)[0]?.message?.usage).toEqual({
      input_tokens: 11,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 0,
    });
    expect(sent(text).at(-2)?.usage).toEqual({
      input_tokens: 10,
      cache_creation_input_tokens: 30,
      cache_read_input_tokens: 60,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 4 },
    });
  });

  it('guesses where the upstream did not count', () => {
    const usage = sent(encoded([start, { type: 'text', text: 'Twelve chars' }, ...done])).at(-2)?.usage;
    expect(usage).toMatchObject({ input_tokens: 11, output_tokens: 3 });
  });

  it.each([
    ['length', null, 'max_tokens', null],
    ['contentFilter', null, 'refusal', null],
    ['stop', '###', 'stop_sequence', '###'],
    ['toolCalls', null, 'end_turn', null],
  ] as const)('says why it stopped: %s %s', (reason, stopSequence, expected, sequence) => {
    const text = encoded([
      start,
      { type: 'text', text: 'x' },
      { type: 'finish', reason, stopSequence },
      { type: 'end' },
    ]);
    expect(sent(text).at(-2)?.delta).toEqual({ stop_reason: expected, stop_sequence: sequence });
  });

  it('keeps the line warm with a comment first and a ping later', () => {
    const encoder = createMessagesStreamEncoder(aContext());
    expect(encoder.heartbeat()).toMatch(/^: (?!.*ping)/);
    encoder.push(start);
    expect(encoder.heartbeat()).toBe('event: ping\ndata: {"type":"ping"}\n\n');
  });

  it('fails in the SDK’s sight, and says nothing after', async () => {
    const encoder = createMessagesStreamEncoder(aContext());
    const error: DialectError = {
      status: 503,
      message: 'All accounts are busy.',
      type: 'server_error',
      code: 'no_available_endpoint',
      param: null,
      retryAfterMs: null,
    };
    const text = encoder.push(start) + encoder.push({ type: 'text', text: 'So f' }) + encoder.fail(error);
    const rest = [...done.map((event) => encoder.push(event)), encoder.fail(error), encoder.heartbeat()];
    expect(rest.join('')).toBe('');
    expect(sent(text).at(-1)).toEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: 'All accounts are busy.' },
      request_id: 'req_abc',
    });
    await expect(sdkMessage([Buffer.from(text)])).rejects.toThrow('All accounts are busy.');
  });

  it('gives media a link or a word, as the protocol holds none', () => {
    const media = (source: Extract<TurnEvent, { type: 'media' }>['part']['source']): TurnEvent => ({
      type: 'media',
      part: { type: 'media', media: 'image', mediaType: 'image/png', source, name: null, detail: null },
    });
    const linked = encoded([start, media({ from: 'url', url: 'https://x.example/a.png' }), ...done]);
    expect(linked).toContain('![image/png](https://x.example/a.png)');
    expect(encoded([start, media({ from: 'base64', data: 'QUJD' }), ...done])).not.toContain('QUJD');
  });
});
