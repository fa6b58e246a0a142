import { describe, expect, it } from 'vitest';
import {
  createCustomCalls,
  customToolNames,
  flattenCustomTools,
  inputOf,
} from '../../../../main/protocol/hub/customTools.ts';
import type { Tool } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { functionTool, turnOf } from '../chat/turnOf.ts';

const sql: Tool = {
  kind: 'custom',
  name: 'sql',
  description: 'Runs it.',
  format: { type: 'grammar', syntax: 'lark', definition: 'start: "select"' },
};

describe('flattenCustomTools', () => {
  const turn = turnOf({
    tools: [sql, functionTool('f')],
    messages: [
      {
        role: 'assistant',
        parts: [
          { type: 'toolCall', kind: 'custom', id: 'c', name: 'sql', arguments: 'select "1"' },
          { type: 'toolCall', kind: 'function', id: 'd', name: 'f', arguments: '{}' },
        ],
      },
      {
        role: 'user',
        parts: [{ type: 'toolResult', callId: 'c', name: null, kind: 'custom', parts: [], isError: false }],
      },
    ],
  });
  const flat = flattenCustomTools(turn);

  it('puts functions with one string in their place', () => {
    expect(flat.tools[0]).toMatchObject({
      kind: 'function',
      name: 'sql',
      description: expect.stringContaining('start: "select"'),
      schema: { properties: { input: { type: 'string' } }, required: ['input'] },
    });
    expect(flat.tools[1]).toBe(turn.tools[1]);
    expect(customToolNames(turn)).toEqual(new Set(['sql']));
    expect(customToolNames(flat).size).toBe(0);
  });

  it('writes earlier calls as if the function had been called', () => {
    const [call, other] = flat.messages[0]?.parts ?? [];
    expect(call).toMatchObject({ kind: 'function', arguments: '{"input":"select \\"1\\""}' });
    expect(inputOf(call?.type === 'toolCall' ? call.arguments : '')).toBe('select "1"');
    expect(other).toBe(turn.messages[0]?.parts[1]);
    expect(flat.messages[1]?.parts[0]).toMatchObject({ kind: 'function' });
  });
});

describe('inputOf', () => {
  it.each([
    ['{"input":"a\\nb"}', 'a\nb'],
    ['"bare"', 'bare'],
    ['{"sql":"select"}', '{"sql":"select"}'],
    ['select 1', 'select 1'],
    ['null', 'null'],
    ['', ''],
  ])('%j', (json, input) => {
    expect(inputOf(json)).toBe(input);
  });
});

describe('createCustomCalls', () => {
  const call = (index: number, name: string): TurnEvent => ({
    type: 'toolCall',
    index,
    kind: 'function',
    id: `c${index}`,
    name,
    signature: null,
  });
  const json = (index: number, text: string): TurnEvent => ({ type: 'toolArguments', index, text });
  const finish: TurnEvent = { type: 'finish', reason: 'toolCalls', stopSequence: null };
  const run = (...events: TurnEvent[]) => events.flatMap(createCustomCalls(new Set(['sql'])));

  it('tells the input in one piece, once it is whole', () => {
    expect(run(call(0, 'sql'), json(0, '{"input":'), json(0, '"select"}'), finish)).toEqual([
      { ...call(0, 'sql'), kind: 'custom' },
      json(0, 'select'),
      finish,
    ]);
  });

  it('tells it before the next call', () => {
    const events = run(call(0, 'sql'), json(0, '{"input":"a"}'), call(1, 'f'), json(1, '{}'), finish);
    expect(events.map(({ type }) => type)).toEqual([
      'toolCall',
      'toolArguments',
      'toolCall',
      'toolArguments',
      'finish',
    ]);
    expect(events[1]).toEqual(json(0, 'a'));
    expect(events[3]).toEqual(json(1, '{}'));
  });

  it('waits for arguments that take turns with those of another call', () => {
    const events = run(
      call(0, 'sql'),
      json(0, '{"input":'),
      call(1, 'sql'),
      json(1, '{"input":"b"}'),
      json(0, '"a"}'),
      finish,
    );
    expect(events.filter(({ type }) => type === 'toolArguments')).toEqual([json(0, 'a'), json(1, 'b')]);
  });

  it('leaves other tools alone', () => {
    const events = [call(0, 'f'), json(0, '{"in'), json(0, 'put":1}'), finish];
    expect(run(...events)).toEqual(events);
  });

  it('tells what there is when the stream ends without a reason', () => {
    expect(run(call(0, 'sql'), json(0, '{"inp'), { type: 'end' }).slice(1)).toEqual([
      json(0, '{"inp'),
      { type: 'end' },
    ]);
  });
});
