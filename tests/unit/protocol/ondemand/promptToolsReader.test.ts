import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { createPromptToolsReader } from '../../../../main/protocol/ondemand/promptToolsReader.ts';
import { writeCall } from '../../../../main/protocol/ondemand/promptToolsText.ts';
import { collect, joined, slices } from './fixture.ts';

const offered = new Set(['look', 'go-there']);

function read(pieces: readonly string[], names: ReadonlySet<string> = offered) {
  const reader = createPromptToolsReader(names, 'req_7');
  const steps = pieces.map((piece) => reader.push(piece));
  const rest = reader.end();
  return { steps, events: [...steps.flat(), ...rest], calls: reader.calls, torn: reader.torn };
}

/** Texts and calls, the shortest way to say what came out. */
function said(text: string, names?: ReadonlySet<string>): unknown[] {
  return collect(read([text], names).events).parts.map((part) =>
    part.type === 'toolCall' ? [part.name, part.arguments] : part.type === 'text' ? part.text : part,
  );
}

const call = (name: string, json: string) => `<run_tool name="${name}">${json}</run_tool>`;

describe('calls of tools in text', () => {
  it('finds what the history is written in', () => {
    const written = {
      type: 'toolCall',
      kind: 'function',
      id: 'x',
      name: 'look',
      arguments: '{"a": [1]}',
    } as const;
    expect(said(writeCall(written))).toEqual([['look', '{"a":[1]}']]);
  });

  it('makes ids of the request, one a call', () => {
    const { events, calls } = read([`${call('look', '{}')}\n${call('look', '{"a":1}')}`]);
    expect(events.filter(({ type }) => type === 'toolCall')).toEqual([
      { type: 'toolCall', index: 0, kind: 'function', id: 'call_7_0', name: 'look', signature: null },
      { type: 'toolCall', index: 1, kind: 'function', id: 'call_7_1', name: 'look', signature: null },
    ]);
    expect(calls).toBe(2);
  });

  it('parts the words around calls from them', () => {
    expect(
      said(`Let me see.\n\n${call('look', '{"a":1}')}\n${call('go-there', '{}')}\n\n Then more. `),
    ).toEqual(['Let me see.', ['look', '{"a":1}'], ['go-there', '{}'], '\n\nThen more. ']);
    expect(said(`\n${call('look', '{}')}\n`)).toEqual([['look', '{}']]);
  });

  it.each([
    ['a fence around the object', '<run_tool name="look">\n```json\n{"a":1}\n```\n</run_tool>'],
    ['single quotes and spaces in the tag', `<run_tool  name = 'look' >{"a":1}</run_tool>`],
    ['a missing end', '<run_tool name="look">{"a":1}'],
    ['the form it was asked for', '<run_tool name="look">{"a":1}</run_tool>'],
  ])('takes %s', (_, text) => {
    expect(said(text)).toEqual([['look', '{"a":1}']]);
  });

  it('takes no arguments at all for an empty object', () => {
    expect(said('<run_tool name="look">\n</run_tool>!')).toEqual([['look', '{}'], '!']);
  });

  it('reads tags within strings as part of them', () => {
    const json = JSON.stringify({ text: `</run_tool>${call('look', '{}')}` });
    expect(said(call('look', json))).toEqual([['look', json]]);
  });

  it.each([
    ['a tool that was not offered', call('fly', '{"a":1}')],
    ['no JSON', call('look', 'at the sky')],
    ['single quotes', call('look', "{'a':1}")],
    ['a list', call('look', '[1]')],
    ['prose in braces', call('look', '{ the sky }')],
    ['a name that never ends', `<run_tool name="look ${'x'.repeat(300)}`],
    ['a tag without a name', '<run_tool>{"a":1}</run_tool>'],
    ['a longer word', '<run_tools name="look">{"a":1}</run_tools>'],
    ['a tag and nothing else', '<run_tool name="look">'],
    ['markup', '<b>5 < 6</b> <'],
    ['white space', '  a \n b \n '],
  ])('leaves %s as it is', (_, text) => {
    expect(said(text)).toEqual([text]);
  });

  it('finds a call behind one that is none', () => {
    expect(said(`<run_tool name="look">${call('look', '{"a":1}')}`)).toEqual([
      '<run_tool name="look">',
      ['look', '{"a":1}'],
    ]);
  });

  it('leaves all as it is where no tools were offered', () => {
    expect(said(call('look', '{"a":1}'), new Set())).toEqual([call('look', '{"a":1}')]);
  });

  it('passes on what is broken behind its beginning, as any model would have it', () => {
    expect(said(`${call('look', '{"a":1,}')} done`)).toEqual([['look', '{"a":1,}'], 'done']);
    expect(read(['<run_tool name="look">{"a": "no e']).torn).toBe(true);
    expect(read([call('look', '{"a":1}')]).torn).toBe(false);
  });

  it('tells words and arguments as they come', () => {
    const { steps } = read([
      'Hel',
      'lo <',
      'b> <run',
      '_tool name="look">{"a"',
      ': "on',
      'e"}</run_',
      'tool>',
    ]);
    const brief = steps.map((events) =>
      events.map((event: TurnEvent) => ('text' in event ? event.text : event.type)),
    );
    expect(brief).toEqual([['Hel'], ['lo'], [' <b>'], [], ['toolCall', '{"a":', ' "on'], ['e"}'], []]);
  });

  it('means the same however the text comes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<run_tool',
        ' name="look">',
        '{"a":',
        '"</run_tool>"',
        '}',
        '</run_tool>',
        '```',
        '\n',
        '<',
        ' ',
      ),
      fc.constantFrom(call('look', '{"a":[1,{"b":"x\\n"}]}'), call('fly', '{}'), 'words', '{}', ',', '"'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    const texts = fc.array(piece, { maxLength: 25 }).map((all) => all.join(''));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 40 }), (text, cuts) => {
        const whole = read([text]);
        const parted = read(slices(text, cuts));
        expect(joined(parted.events)).toEqual(joined(whole.events));
        expect(parted.torn).toBe(whole.torn);
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses no words where nothing is called', () => {
    const texts = fc
      .array(
        fc.oneof(fc.constantFrom('<', '<run_tool', ' name="', '>', '</run_tool>', ' ', '\n'), fc.string()),
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const { events, calls } = read(text.split(''));
        expect(calls).toBe(0);
        expect(events.map((event) => (event.type === 'text' ? event.text : '')).join('')).toBe(text);
      }),
    );
  });

  it('reads many tags that are none', () => {
    const text = '<run_tool name="look">'.repeat(20_000);
    expect(said(text)).toEqual([text]);
  });
});
