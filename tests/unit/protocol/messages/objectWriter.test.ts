import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjectWriter, objectText } from '../../../../main/protocol/messages/objectWriter.ts';

const anObject = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
const read = (text: string): unknown => JSON.parse(objectText(text));

function written(text: string, cuts: readonly number[]): string {
  const writer = createObjectWriter();
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  let out = '';
  for (let at = 1; at < edges.length; at++) out += writer.push(text.slice(edges[at - 1], edges[at]));
  return out + writer.end();
}

describe('objectWriter', () => {
  it('gives any object back as it is, however its text is cut and spaced', () => {
    fc.assert(
      fc.property(anObject, fc.array(fc.nat()), fc.nat(3), (value, cuts, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.parse(written(text, cuts))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('says when the object is whole, and not before', () => {
    fc.assert(
      fc.property(anObject, (value) => {
        const text = JSON.stringify(value);
        const writer = createObjectWriter();
        for (const letter of text.slice(0, -1)) {
          writer.push(letter);
          expect(writer.complete).toBe(false);
        }
        writer.push(text.slice(-1));
        expect(writer.complete).toBe(true);
      }),
    );
  });

  it('makes an object of whatever comes, alike for each way to cut it', () => {
    const damaged = fc.tuple(anObject, fc.nat(), fc.nat(4), fc.string()).map(([value, at, length, put]) => {
      const text = JSON.stringify(value);
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), damaged), fc.array(fc.nat()), (text, cuts) => {
        const value = JSON.parse(written(text, cuts)) as unknown;
        expect(value).toBeTypeOf('object');
        expect(Array.isArray(value) || value === null).toBe(false);
        expect(value).toEqual(read(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['', {}],
    ['  ', {}],
    ['null', {}],
    ['{', {}],
    ['{}', {}],
    ['{} {"a":1}', { a: 1 }],
    ['{"a":1}{"b":2}', { a: 1 }],
    ['{"a":"b', { a: 'b' }],
    ['{"a"', { a: null }],
    ['{"a":', { a: null }],
    ['{"a":tru', { a: null }],
    ['{"a":12', { a: 12 }],
    ['{"a":[1,{"b":', { a: [1, { b: null }] }],
    ['{"a":1,}', { a: 1 }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":True,"b":None}', { a: true, b: null }],
    ['{"a":"line\nbreak\tand C:\\project"}', { a: 'line\nbreak\tand C:\\project' }],
    ['{"a":1 "b":2}', { a: 1, unparsed: '"b":2}' }],
    ["{'a':1}", { unparsed: "'a':1}" }],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['[1]', { input: [1] }],
    ['[{"a":1}]', { input: [{ a: 1 }] }],
    ['ls -la', { input: 'ls -la' }],
  ])('mends %j', (text, value) => {
    expect(read(text)).toEqual(value);
  });
});
