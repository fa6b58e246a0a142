import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import { cleanSchema } from '../../../../main/protocol/messages/messagesSchema.ts';

const text = { type: 'string' };

describe('cleanSchema', () => {
  it('closes every object, wherever it stands', () => {
    const inner = { type: 'object', properties: { a: text } };
    const cleaned = cleanSchema({
      type: 'object',
      properties: {
        list: { type: 'array', items: inner },
        one: { anyOf: [inner, { type: 'null' }] },
        again: { $ref: '#/$defs/x' },
      },
      $defs: { x: inner },
    });
    const closed = { type: 'object', properties: { a: text }, additionalProperties: false };
    expect(cleaned).toEqual({
      type: 'object',
      properties: {
        list: { type: 'array', items: closed },
        one: { anyOf: [closed, { type: 'null' }] },
        again: { $ref: '#/$defs/x' },
      },
      additionalProperties: false,
      $defs: { x: closed },
    });
  });

  it('tells the model the rules it is not held to', () => {
    expect(
      cleanSchema({
        type: 'object',
        properties: {
          mail: { type: 'string', format: 'email' },
          word: { type: 'string', format: 'color', pattern: '^#', description: 'A colour.' },
          some: { type: 'array', items: text, minItems: 1, maxItems: 3 },
          either: { oneOf: [text, { type: 'number' }] },
        },
      })?.properties,
    ).toEqual({
      mail: { type: 'string', format: 'email' },
      word: { type: 'string', description: 'A colour.\nformat: "color"; pattern: "^#"' },
      some: { type: 'array', items: text, minItems: 1, description: 'maxItems: 3' },
      either: { anyOf: [text, { type: 'number' }] },
    });
  });

  it('takes a member for a member, though its name is a keyword', () => {
    const properties = { format: text, not: text, if: text, $ref: text };
    expect(cleanSchema({ type: 'object', properties })?.properties).toEqual(properties);
  });

  it.each([
    ['a cycle', { type: 'object', properties: { next: { $ref: '#' } } }],
    [
      'a cycle of two',
      {
        $ref: '#/$defs/a',
        $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { anyOf: [{ $ref: '#/$defs/a' }] } },
      },
    ],
    ['a foreign reference', { type: 'object', properties: { a: { $ref: 'https://x.example/s.json' } } }],
    ['a lost reference', { type: 'object', properties: { a: { $ref: '#/$defs/x' } } }],
    ['any value', { type: 'object', properties: { a: {} } }],
    ['any members', { type: 'object' }],
    ['members of one kind', { type: 'object', additionalProperties: text }],
    ['members by pattern', { type: 'object', properties: { a: text }, patternProperties: { '^x': text } }],
    ['a condition', { type: 'object', properties: { a: text }, if: {} }],
  ] as [string, JsonObject][])('gives up on %s', (_, schema) => {
    expect(cleanSchema(schema)).toBe(null);
  });
});
