import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import { ondemandDialect } from '../../../../main/protocol/ondemand/ondemandDialect.ts';
import { readStream } from '../../../../main/protocol/readStream.ts';
import { doneEvent, errorEvent, streamEvents } from '../../../fakes/ondemand/streamEvents.ts';
import { usualStyle } from '../../../fakes/ondemand/streamStyle.ts';
import { cut, cuts } from '../hub/arbitraries.ts';
import { collect, decode, joined, offering } from './fixture.ts';

const metrics = {
  inputTokens: 1_012,
  outputTokens: 7,
  totalTokens: 1_019,
  ragTimeSec: 0,
  fulfillmentTimeSec: 1,
  totalTimeSec: 1,
};

/** A stream of the service, as it writes it. */
function stream(
  text: string,
  style: Partial<typeof usualStyle> = {},
  thoughts: string | null = null,
): string[] {
  return streamEvents({
    sessionId: '64b0c0ffee00000000000001',
    messageId: '64b0c0ffee00000000000002',
    text,
    thoughts,
    metrics,
    style: { ...usualStyle, ...style },
  });
}

const bytes = (events: readonly string[], lineEnd = '\n'): Buffer =>
  Buffer.from(`${events.join('\n\n')}\n\n`.replaceAll('\n', lineEnd));

const event = (eventType: string, more: object): string =>
  `event:message\ndata:${JSON.stringify({ eventType, status: 'processing', ...more })}`;

const types = (events: readonly { type: string }[]): string[] => [...new Set(events.map(({ type }) => type))];

describe('a stream of on-demand.io', () => {
  it('tells the answer once, its counts and its end', () => {
    const events = decode([bytes(stream('Grüße aus 東京 🗼'))]);
    expect(events[0]).toEqual({ type: 'start', id: '64b0c0ffee00000000000002', model: null });
    expect(events.slice(-2)).toEqual([
      { type: 'finish', reason: 'stop', stopSequence: null },
      { type: 'end' },
    ]);
    expect(collect(events)).toMatchObject({
      parts: [{ type: 'text', text: 'Grüße aus 東京 🗼' }],
      usage: {
        inputTokens: 1_012,
        outputTokens: 7,
        cachedTokens: 0,
        cacheWriteTokens: 0,
        reasoningTokens: 0,
      },
    });
  });

  const shapes: [string, Partial<typeof usualStyle>][] = [
    ['as usual', {}],
    ['without a status log', { statusLog: false }],
    ['with a plan told aloud', { planning: true }],
    ['with pieces that are null', { nullAnswers: true }],
    ['without counts', { metricsLog: false }],
    ['with thoughts before', { thinking: 'before' }],
    ['with thoughts before, between and after', { thinking: 'around' }],
  ];

  it.each(shapes)('%s means the same however its bytes are cut and its lines end', (_, style) => {
    const events = stream(
      'Zwölf Boxkämpfer 🥊 <b>jagen</b> Viktor',
      style,
      'Let me think about that 🤔 well.',
    );
    const whole = decode([bytes(events)]);
    expect(collect(whole).parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(0);
    const text = collect(whole).parts.map((part) => (part.type === 'text' ? part.text : ''));
    expect(text.join('')).toBe('Zwölf Boxkämpfer 🥊 <b>jagen</b> Viktor');
    fc.assert(
      fc.property(cuts, fc.constantFrom('\n', '\r\n'), (places, lineEnd) => {
        expect(decode(cut(bytes(events, lineEnd), places))).toEqual(whole);
      }),
    );
  });

  it('keeps thoughts apart from words, wherever they come', () => {
    const events = decode([bytes(stream('one two three', { thinking: 'around' }, 'a b c d'))]);
    const { parts } = collect(events);
    const joinedText = (wanted: string): string =>
      parts.map((part) => (part.type === wanted && 'text' in part ? part.text : '')).join('');
    expect(joinedText('text')).toBe('one two three');
    expect(joinedText('reasoning')).toBe('a b c d');
    const last = events.findLastIndex(({ type }) => type === 'reasoning');
    expect(events.slice(last).some(({ type }) => type === 'reasoningEnd')).toBe(true);
  });

  it('never takes the answer from the log that repeats it', () => {
    const log = event('statusLog', {
      currentStatusLog: { statusType: 'fulfillment_completed', answer: 'Hello!' },
      answer: 'Hello!',
    });
    const events = decode([bytes([event('fulfillment', { answer: 'Hello!' }), log, doneEvent])]);
    expect(collect(events).parts).toEqual([{ type: 'text', text: 'Hello!' }]);
  });

  it.each([
    ['null', null],
    ['empty', ''],
    ['no text', { a: 1 }],
  ])('skips a piece that is %s', (_, answer) => {
    const events = decode([bytes([event('fulfillment', { answer }), doneEvent])]);
    expect(types(events)).toEqual(['start', 'finish', 'end']);
  });

  it('passes over what it does not know', () => {
    const unknown = ['step_output', 'planning_thinking', 'somethingNew'].map((name) =>
      event(name, { output: { delta: 'x' }, thinking: { delta: 'y' }, answer: 'z' }),
    );
    const odd = ['event:heartbeat\ndata:{"time":"now"}', ': comment', 'data:{}', event('metricsLog', {})];
    expect(types(decode([bytes([...unknown, ...odd, doneEvent])]))).toEqual(['start', 'finish', 'end']);
  });

  it('says that nothing was said where [DONE] comes alone', () => {
    expect(decode([bytes([doneEvent])])).toEqual([
      { type: 'start', id: null, model: null },
      { type: 'finish', reason: 'stop', stopSequence: null },
      { type: 'end' },
    ]);
  });

  it('is a failure where it thought and then said nothing', () => {
    const thought = event('fulfillment_thinking', { thinking: { delta: 'Hm.' } });
    expect(types(decode([bytes([thought, doneEvent])]))).toEqual([
      'start',
      'reasoning',
      'reasoningEnd',
      'error',
    ]);
    const call = event('fulfillment', { answer: '<run_tool name="f">{}</run_tool>' });
    expect(types(decode([bytes([thought, call, doneEvent])], offering('f')))).toContain('finish');
  });

  it('is read line by line where nothing parts its events', () => {
    const lines = [
      '{"eventType":"fulfillment","answer":"Hel"}',
      '{"eventType":"fulfillment","answer":"lo"}',
      '[DONE]',
    ];
    const body = lines.map((line) => `event:message\ndata:${line}\n`).join('');
    const events = decode([Buffer.from(body)]);
    expect(collect(events).parts).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(types(events).at(-1)).toBe('end');
  });

  it('makes up no end for a body that breaks off', () => {
    const events = decode([bytes(stream('Hello there').slice(0, -1))]);
    expect(types(events)).not.toContain('finish');
    expect(types(events)).not.toContain('end');
    expect(() =>
      readStream(ondemandDialect.createStreamDecoder('r'), bytes(stream('Hi').slice(0, -1))),
    ).toThrow(ForeignEventError);
  });

  it('says nothing after [DONE]', () => {
    const events = decode([bytes([doneEvent, event('fulfillment', { answer: 'late' }), doneEvent])]);
    expect(events.filter(({ type }) => type === 'text' || type === 'end')).toEqual([{ type: 'end' }]);
  });

  it.each([
    ['before the answer', []],
    ['in the middle of it', [event('fulfillment', { answer: 'Hel' })]],
  ])('tells an error %s, and nothing after it', (_, before) => {
    const failed = errorEvent('context_length_exceeded', 'Model context length exceeded');
    const events = decode([bytes([...before, failed, event('fulfillment', { answer: 'lo' }), doneEvent])]);
    expect(events.at(-1)).toEqual({
      type: 'error',
      message: 'Model context length exceeded',
      code: 'context_length_exceeded',
    });
    expect(collect(events).parts).toEqual(before.length > 0 ? [{ type: 'text', text: 'Hel' }] : []);
  });

  it.each([
    [
      'data:[ERROR]: {"message":"No","errorCode":"rate_limit_exceeded"}',
      'No (rate_limit_exceeded)',
      'rate_limit_exceeded',
    ],
    ['data: [ERROR]:{"message":"No"}', 'No', null],
    ['data:[ERROR]:{"errorCode":"model_error"}', 'the upstream failed: model_error', 'model_error'],
    ['data:[ERROR]:it broke', 'it broke', null],
    ['data:[ERROR]', 'the upstream failed without a word', null],
    [
      'data:{"errorCode":"server_error","message":"Internal server error"}',
      'Internal server error',
      'server_error',
    ],
  ])('reads the error in %s', (line, message, code) => {
    expect(decode([bytes([line])]).at(-1)).toEqual({ type: 'error', message, code });
  });

  it.each(['data:<html>', 'data:[1]', 'data:"[DONE]"'])('finds %s to be of no such stream', (line) => {
    expect(() => decode([bytes([line])])).toThrow(ForeignEventError);
  });
});

describe('calls of tools in a stream', () => {
  const answer = 'Let me look.\n\n<run_tool name="look">{"at": "the <sky>"}</run_tool>';

  it('are calls, and the reason why it ended', () => {
    const events = joined(decode([bytes(stream(answer))], offering('look')));
    expect(events.filter(({ type }) => type !== 'start' && type !== 'usage')).toEqual([
      { type: 'text', text: 'Let me look.' },
      { type: 'toolCall', index: 0, kind: 'function', id: 'call_1_0', name: 'look', signature: null },
      { type: 'toolArguments', index: 0, text: '{"at": "the <sky>"}' },
      { type: 'finish', reason: 'toolCalls', stopSequence: null },
      { type: 'end' },
    ]);
  });

  it('that were cut off are not to be run', () => {
    const torn = '<run_tool name="look">{"at": "the';
    expect(collect(decode([bytes(stream(torn))], offering('look')))).toMatchObject({ finish: 'length' });
  });

  it('are text where no tools were offered, or none was to be called', () => {
    const asText = [{ type: 'text', text: answer }];
    expect(collect(decode([bytes(stream(answer))])).parts).toEqual(asText);
    const none = { ...offering('look'), toolChoice: { type: 'none' } as const };
    expect(collect(decode([bytes(stream(answer))], none)).parts).toEqual(asText);
  });

  it('come after the end of the thoughts', () => {
    const events = decode(
      [
        bytes([
          event('fulfillment_thinking', { thinking: { delta: 'hm' } }),
          event('fulfillment', { answer: '<run_tool name="look">{}</run_tool>' }),
          doneEvent,
        ]),
      ],
      offering('look'),
    );
    expect(events.map(({ type }) => type)).toEqual([
      ...['start', 'reasoning', 'reasoningEnd', 'toolCall', 'toolArguments', 'finish', 'end'],
    ]);
  });

  it('keep back no words when the body breaks off', () => {
    const cutOff = bytes([event('fulfillment', { answer: 'see <run_tool na' })]);
    expect(collect(decode([cutOff], offering('look'))).parts).toEqual([
      { type: 'text', text: 'see <run_tool na' },
    ]);
  });
});
