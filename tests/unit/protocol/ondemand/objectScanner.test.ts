import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjectScanner } from '../../../../main/protocol/ondemand/objectScanner.ts';

/** What the scanner lets through of the text, and how it stands then; null where the text broke. */
function scan(text: string): { json: string; begun: boolean; whole: boolean } | null {
  const scanner = createObjectScanner();
  let json = '';
  for (const character of text.split('')) {
    const taken = scanner.take(character);
    if (taken === null) return null;
    json += taken;
  }
  return { json, begun: scanner.begun, whole: scanner.whole };
}

const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());

function parses(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

describe('the scanner of JSON objects', () => {
  it('takes every object as it stands, and knows where it ends', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(scan(text)).toEqual({ json: text, begun: true, whole: true });
        expect(scan(text.slice(0, -1))).toMatchObject({ whole: false });
      }),
    );
  });

  it('calls whole only what is JSON', () => {
    const noise = fc.stringMatching(/^[{}[\]",:\\ue0-9.\-+tfn \n]$/);
    fc.assert(
      fc.property(objects, fc.nat(), noise, fc.nat(1), (value, place, character, removed) => {
        const text = JSON.stringify(value);
        const at = place % text.length;
        const broken = text.slice(0, at) + character + text.slice(at + removed);
        const found = scan(broken);
        if (found?.whole) expect(() => JSON.parse(found.json)).not.toThrow();
        if (parses(broken) && broken.startsWith('{') && broken.endsWith('}')) expect(found?.whole).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '[1]',
    '"a"',
    "{'a':1}",
    '{a:1}',
    '{"a":1,}',
    '{"a" 1}',
    '{"a":undefined}',
    '{"a":01 }',
    '{"a":[1}',
    '{"a":"\\x"}',
    '{"a":1}x',
    '{,}',
    '{"a"}',
  ])('finds that %s breaks', (text) => {
    expect(scan(text)).toBeNull();
  });

  it('escapes line breaks that a model wrote into a string as they are', () => {
    const found = scan('{"text":"one\ntwo\t\u0001"}');
    expect(JSON.parse(found?.json ?? '')).toEqual({ text: 'one\ntwo\t\u0001' });
  });

  it('has begun only when a member is named', () => {
    expect(scan('{ "a"')?.begun).toBe(false);
    expect(scan('{ "a" :')?.begun).toBe(true);
    expect(scan('{}')).toMatchObject({ begun: true, whole: true });
  });
});
