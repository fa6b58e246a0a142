import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { createMessagesStreamDecoder } from '../../../../main/protocol/messages/messagesStreamDecoder.ts';
import { createMessagesStreamEncoder } from '../../../../main/protocol/messages/messagesStreamEncoder.ts';
import { randomEvents } from './randomEvents.ts';
import { sdkMessage } from './sdkMessage.ts';
import { decoded, someCuts, sse } from './streams.ts';
import { aContext, fixture } from './turns.ts';

const streams = [
  'text.sse',
  'thinking-parallel-tools.sse',
  'web-search-citations.sse',
  'error-midstream.sse',
];

const start = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'm', usage: { input_tokens: 0, output_tokens: 0 } },
};
const block = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, change: object) => ({ type: 'content_block_delta', index, delta: change });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const ending = (reason: string, usage: object = {}, more: object = {}) => ({
  type: 'message_delta',
  delta: { stop_reason: reason, stop_sequence: null, ...more },
  usage,
});
const messageStop = { type: 'message_stop' };

const collected = (events: readonly TurnEvent[]) => {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
};

describe('messagesStreamDecoder', () => {
  it.each(streams)('reads %s alike, however it is cut', (name) => {
    const text = fixture(name);
    const whole = decoded(text);
    fc.assert(
      fc.property(someCuts, (cuts) => {
        expect(decoded(text, cuts)).toEqual(whole);
      }),
    );
  });

  it('reads text', () => {
    expect(collected(decoded(fixture('text.sse')))).toEqual({
      id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
      model: 'claude-sonnet-4-5-20250929',
      parts: [{ type: 'text', text: 'Héllo wörld 😀 — message_stop "error": {}' }],
      finish: 'stop',
      stopSequence: null,
      usage: { inputTokens: 25, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 15, reasoningTokens: 0 },
    });
  });

  it('reads thinking with its proof, calls with their pieces, and usage that comes in parts', () => {
    const events = decoded(fixture('thinking-parallel-tools.sse'));
    const { parts, finish, usage } = collected(events);
    expect(parts).toEqual([
      {
        type: 'reasoning',
        text: 'Two cities, so two calls at once.',
        signature: { family: 'anthropic', value: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds' },
      },
      { type: 'text', text: "Okay, let's check the weather." },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6',
        name: 'get_weather',
        arguments: '{"location": "San Francisco, CA"}',
      },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'toolu_01A09q90qw90lq917835lq9',
        name: 'get_weather',
        arguments: '{"location": "東京", "days": 3}',
      },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'toolu_01NRLabsLyVHZPKxbKvkfSMn',
        name: 'now',
        arguments: '{}',
      },
    ]);
    expect(finish).toBe('toolCalls');
    expect(usage).toEqual({
      inputTokens: 472 + 120 + 1800,
      cachedTokens: 1800,
      cacheWriteTokens: 120,
      outputTokens: 189,
      reasoningTokens: 40,
    });
    expect(events.at(-1)).toEqual({ type: 'end' });
  });

  it('leaves the work of hosted tools out, and says where in the answer a citation belongs', () => {
    const { parts, usage } = collected(decoded(fixture('web-search-citations.sse')));
    const text = "I'll look that up.\n\nAccording to the news, the bridge opened on 3 May.";
    const cited = 'the bridge opened on 3 May';
    expect(parts).toEqual([
      {
        type: 'text',
        text,
        citations: [
          {
            url: 'https://news.example/bridge',
            title: 'Bridge opens',
            quote: 'The new bridge opened on 3 May.',
            start: text.indexOf(cited),
            end: text.indexOf(cited) + cited.length,
          },
        ],
      },
    ]);
    expect(usage).toMatchObject({ inputTokens: 10_682, outputTokens: 510 });
  });

  it('tells an error and nothing after it', () => {
    const events = decoded(
      `${fixture('error-midstream.sse')}${sse(delta(0, { type: 'text_delta', text: 'x' }), messageStop)}`,
    );
    expect(events.at(-1)).toEqual({ type: 'error', message: 'Overloaded', code: 'overloaded_error' });
    expect(events.some(({ type }) => type === 'end' || type === 'finish')).toBe(false);
  });

  it('does not make up an ending that was not there', () => {
    const events = decoded(
      sse(start, block(0, { type: 'text', text: '' }), delta(0, { type: 'text_delta', text: 'So' })),
    );
    expect(events.map(({ type }) => type)).toEqual(['start', 'text']);
  });

  it.each([
    ['end_turn', 'stop'],
    ['pause_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'contentFilter'],
    ['something_new', 'stop'],
  ])('takes %s for %s', (reason, finish) => {
    expect(decoded(sse(start, ending(reason), messageStop))).toContainEqual({
      type: 'finish',
      reason: finish,
      stopSequence: null,
    });
  });

  it('tells why it refused, and which sequence stopped it', () => {
    const refused = ending(
      'refusal',
      {},
      { stop_details: { type: 'refusal', category: 'bio', explanation: 'No.' } },
    );
    expect(decoded(sse(start, refused, messageStop)).slice(1)).toEqual([
      { type: 'refusal', text: 'No.' },
      { type: 'finish', reason: 'contentFilter', stopSequence: null },
      { type: 'end' },
    ]);
    const stopped = decoded(sse(start, ending('stop_sequence', {}, { stop_sequence: '###' }), messageStop));
    expect(stopped).toContainEqual({ type: 'finish', reason: 'stop', stopSequence: '###' });
  });

  it.each([
    [
      { input_tokens: 0, output_tokens: 0 },
      { input_tokens: 30, output_tokens: 4 },
    ],
    [{ input_tokens: 30, output_tokens: 1 }, { output_tokens: 4 }],
    [
      { input_tokens: 30, output_tokens: 1 },
      { input_tokens: 0, output_tokens: 4 },
    ],
    [undefined, { input_tokens: 30, output_tokens: 4 }],
  ])('adds %j and %j up to one usage', (first, last) => {
    const events = decoded(
      sse(
        { type: 'message_start', message: { usage: first } } as never,
        ending('end_turn', last),
        messageStop,
      ),
    );
    expect(events.findLast(({ type }) => type === 'usage')).toMatchObject({
      usage: { inputTokens: 30, outputTokens: 4 },
    });
  });

  it('takes an input that came whole with its block, and a call that says it ended otherwise', () => {
    const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } };
    const { parts, finish } = collected(
      decoded(sse(start, block(0, use), stop(0), ending('end_turn'), messageStop)),
    );
    expect(parts).toMatchObject([{ type: 'toolCall', arguments: '{"a":1}' }]);
    expect(finish).toBe('toolCalls');
  });

  it('gives redacted thinking back as it came', () => {
    const events = decoded(sse(start, block(0, { type: 'redacted_thinking', data: 'abc' }), stop(0)));
    expect(events.at(-1)).toEqual({
      type: 'reasoningEnd',
      signature: { family: 'anthropic', value: 'abc' },
      redacted: true,
      id: null,
    });
  });

  it('skips what it does not know', () => {
    const unknown = [
      { type: 'ping' },
      { type: 'message_note' },
      block(0, { type: 'hologram' }),
      delta(0, { type: 'hologram_delta' }),
      stop(0),
    ];
    expect(decoded(sse(start, ...unknown, messageStop)).map(({ type }) => type)).toEqual(['start', 'end']);
    expect(createMessagesStreamDecoder('req_abc').push('[DONE]')).toEqual([]);
  });

  it.each(['<html>', '{"choices":[]}', '[1]'])('refuses what is not Anthropic’s: %s', (data) => {
    expect(() => createMessagesStreamDecoder('req_abc').push(data)).toThrow(ForeignEventError);
  });

  it('reads what the SDK reads in the same bytes', async () => {
    for (const name of streams.slice(0, 2)) {
      const message = await sdkMessage([Buffer.from(fixture(name))]);
      const { parts } = collected(decoded(fixture(name)));
      expect(
        parts.map((part) =>
          'text' in part ? part.text : part.type === 'toolCall' && JSON.parse(part.arguments),
        ),
      ).toEqual(
        message.content.map((one) =>
          one.type === 'text'
            ? one.text
            : one.type === 'thinking'
              ? one.thinking
              : one.type === 'tool_use' && one.input,
        ),
      );
    }
  });

  it('reads back what the encoder wrote, proofs of other families included', () => {
    fc.assert(
      fc.property(randomEvents, (events) => {
        const encoder = createMessagesStreamEncoder(aContext());
        const again = decoded(events.map((event) => encoder.push(event)).join(''));
        const before = collected(events).parts;
        const after = collected(again).parts;
        const proofs = (parts: typeof before) =>
          parts.flatMap((part) => (part.type === 'toolCall' ? [[part.name, part.signature ?? null]] : []));
        expect(proofs(after)).toEqual(proofs(before));
        const thoughts = (parts: typeof before) =>
          parts.flatMap((part) =>
            part.type === 'reasoning' && part.signature ? [[part.text, part.signature]] : [],
          );
        expect(thoughts(after)).toEqual(thoughts(before));
      }),
      { numRuns: 300 },
    );
  });
});
