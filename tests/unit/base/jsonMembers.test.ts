import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JsonSyntaxError,
  readElements,
  readJson,
  readMembers,
  readString,
  spliceBytes,
} from '../../../main/base/jsonMembers.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('readMembers', () => {
  it('finds what JSON.parse finds, in any object and any spacing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(undefined, 1, '\t', ' \r\n '),
        (object, space) => {
          const text = JSON.stringify(object, null, space);
          const body = bytes(text);
          const members = readMembers(body);
          const parsed = JSON.parse(text) as Record<string, unknown>;
          expect([...members.keys()].sort()).toEqual(Object.keys(parsed).sort());
          for (const [name, span] of members) expect(readJson(body, span)).toEqual(parsed[name]);
        },
      ),
    );
  });

  it('refuses whatever JSON.parse refuses, but for the inside of strings', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.jsonValue()),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', ':', 'x', '{'),
        (object, at, insert) => {
          const text = JSON.stringify(object);
          const cut = at % (text.length + 1);
          const broken = text.slice(0, cut) + insert + text.slice(cut + 1);
          let valid = true;
          try {
            valid = typeof JSON.parse(broken) === 'object' && !Array.isArray(JSON.parse(broken));
          } catch {
            valid = false;
          }
          const read = (): unknown => readMembers(bytes(broken));
          if (valid) expect(read).not.toThrow();
          else if (!/\\/.test(broken)) expect(read).toThrow(JsonSyntaxError);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('takes the last of members with one name, and keys with escapes', () => {
    const body = bytes('{"model":"a","mod\\u0065l":"b"}');
    expect(readString(body, readMembers(body).get('model'))).toBe('b');
    expect(readString(body, readMembers(body).get('model')?.earlier ?? undefined)).toBe('a');
  });

  it('goes as deep as requests go, and no deeper, without recursion', () => {
    const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(readMembers(bytes(nested(900))).get('a')).toMatchObject({ start: 5, end: 1_805 });
    expect(() => readMembers(bytes(nested(200_000)))).toThrow(JsonSyntaxError);
  });

  it('names what only parsing shows as it names the rest', () => {
    expect(() => readMembers(bytes('{"\\x":1}'))).toThrow(JsonSyntaxError);
    const body = bytes('{"a":"\\x"}');
    expect(() => readString(body, readMembers(body).get('a'))).toThrow(JsonSyntaxError);
  });

  it('names the byte that is wrong', () => {
    expect(() => readMembers(bytes('{"a":1,}'))).toThrow('at byte 7');
    expect(() => readMembers(bytes('[1]'))).toThrow('a JSON object is expected at byte 0');
    expect(() => readMembers(bytes('{"a":"x'))).toThrow('a string is not closed');
    expect(() => readMembers(bytes(''))).toThrow(JsonSyntaxError);
  });

  it('finds the ends of long strings whatever their backslashes', () => {
    for (const value of ['\\'.repeat(99), `${'x'.repeat(100)}\\`, `${'y'.repeat(60)}"`, '"'.repeat(70)]) {
      const body = bytes(JSON.stringify({ long: value, next: 1 }));
      expect(readString(body, readMembers(body).get('long'))).toBe(value);
    }
  });
});

describe('readElements', () => {
  it('walks an array', () => {
    const body = bytes('{"list":[ {"a":[1,2]} , "x,]", 3 ]}');
    const span = readMembers(body).get('list');
    expect(span && [...readElements(body, span)].map((element) => readJson(body, element))).toEqual([
      { a: [1, 2] },
      'x,]',
      3,
    ]);
  });
});

describe('spliceBytes', () => {
  it('replaces and inserts in one go, in any order', () => {
    const edited = spliceBytes(bytes('abcdef'), [
      { start: 4, end: 5, text: 'E' },
      { start: 1, end: 3, text: '' },
      { start: 6, end: 6, text: '!' },
    ]);
    expect(edited.toString()).toBe('adEf!');
  });

  it('hands back the same buffer where nothing changes', () => {
    const body = bytes('x');
    expect(spliceBytes(body, [])).toBe(body);
  });
});
