import { describe, expect, it } from 'vitest';
import { chatDialect } from '../../../../main/protocol/chat/chatDialect.ts';
import { fitsStrict } from '../../../../main/protocol/hub/toolSchema.ts';
import type { FunctionTool, JsonObject } from '../../../../main/protocol/hub/turn.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { functionTool, turnOf } from '../chat/turnOf.ts';

const closed = {
  type: 'object',
  properties: { a: { type: 'array', items: { $ref: '#/$defs/b' } }, c: { anyOf: [{ type: 'null' }] } },
  required: ['a', 'c'],
  additionalProperties: false,
  $defs: { b: { type: ['object', 'null'], properties: {}, additionalProperties: false } },
} as const;

/** The tool as OpenAI is sent it in either of its dialects. */
function sent(changes: Partial<FunctionTool>) {
  const turn = turnOf({ tools: [{ ...functionTool('f'), ...changes }] });
  return [chatDialect, responsesDialect].map((dialect) => {
    const { body, dropped, repairs } = dialect.encodeRequest(turn, { model: 'gpt-4.1' });
    const [tool] = body.tools as Record<string, JsonObject>[];
    const { parameters, strict } = (tool?.function ?? tool) as JsonObject;
    return { parameters, strict: strict === true, dropped, repairs };
  });
}

describe('what OpenAI insists on in a tool’s schema', () => {
  it.each<[string, JsonObject | null, JsonObject]>([
    ['properties', { type: 'object' }, { type: 'object', properties: {} }],
    ['a type', { properties: {} }, { type: 'object', properties: {} }],
    [
      'one object at the top',
      {
        anyOf: [
          { type: 'object', properties: { a: {} } },
          { type: 'object', properties: { b: {} } },
        ],
      },
      { type: 'object', properties: { a: {}, b: {} } },
    ],
  ])('%s', (_, schema, parameters) => {
    const repairs = ['made an object of tool schemas'];
    expect(sent({ schema })).toEqual(Array(2).fill({ parameters, strict: false, dropped: [], repairs }));
  });

  it('stays as it is where it is in order', () => {
    for (const strict of [true, false])
      expect(sent({ schema: closed, strict })).toEqual(
        Array(2).fill({ parameters: closed, strict, dropped: [], repairs: [] }),
      );
    expect(sent({ schema: null })[0]).toMatchObject({ parameters: { properties: {} }, repairs: [] });
  });

  it('is no promise where OpenAI would refuse to keep it', () => {
    // Anthropic keeps tools strict that have optional members.
    const optional = { ...closed, required: ['a'] };
    expect(sent({ schema: optional, strict: true })).toEqual(
      Array(2).fill({ parameters: optional, strict: false, dropped: ['strict'], repairs: [] }),
    );
  });
});

it.each<[boolean, unknown]>([
  [true, closed],
  [false, { ...closed, additionalProperties: true }],
  [false, { ...closed, properties: { ...closed.properties, d: {} } }],
  [false, { ...closed, $defs: { b: { type: 'object' } } }],
  [false, { ...closed, allOf: [] }],
  [true, { type: 'string' }],
  [false, null],
])('fits strict: %s', (fits, schema) => {
  expect(fitsStrict(schema)).toBe(fits);
});
