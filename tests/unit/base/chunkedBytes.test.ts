import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkedBytes, slicesOf, wholeOf } from '../../../main/base/chunkedBytes.ts';
import { readElements, readMembers, readString, spliceBytes } from '../../../main/base/jsonMembers.ts';

/** The bytes cut at some places; empty chunks may be among them. */
function cut(whole: Buffer, places: readonly number[]): ChunkedBytes {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return new ChunkedBytes(ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end)));
}

const places = fc.array(fc.nat(), { maxLength: 6 });

describe('ChunkedBytes', () => {
  it('reads like one buffer, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60, max: 3 }),
        places,
        fc.array(fc.nat({ max: 65 }), { minLength: 2, maxLength: 8 }),
        (content, at, indexes) => {
          const whole = Buffer.from(content);
          const chunked = cut(whole, at);
          expect(chunked.length).toBe(whole.length);
          expect(wholeOf(chunked)).toEqual(whole);
          for (const index of indexes) {
            expect(chunked.at(index)).toBe(whole[index]);
            expect(chunked.indexOf(2, index)).toBe(whole.indexOf(2, index));
          }
          const [from = 0, to = 0] = indexes.toSorted((a, b) => a - b);
          expect(Buffer.concat(slicesOf(chunked, from, to))).toEqual(whole.subarray(from, to));
          expect(chunked.toString('latin1', from, to)).toBe(whole.toString('latin1', from, to));
        },
      ),
    );
  });

  it('finds what lies across a cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40, max: 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 6, max: 1 }),
        places,
        (content, wanted, at) => {
          const whole = Buffer.from(content);
          expect(cut(whole, at).includes(Buffer.from(wanted))).toBe(whole.includes(Buffer.from(wanted)));
        },
      ),
    );
  });

  it('keeps characters whole that a cut goes through', () => {
    const chunked = new ChunkedBytes([Buffer.from('日').subarray(0, 2), Buffer.from('日本').subarray(2)]);
    expect(chunked.toString()).toBe('日本');
  });
});

describe('a JSON body in chunks', () => {
  it('has the members and elements it has in one piece', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), places, (value, at) => {
        const whole = Buffer.from(JSON.stringify({ ...value, list: [1, 'a"\\', { b: [] }] }));
        const chunked = cut(whole, at);
        const members = readMembers(chunked);
        expect(members).toEqual(readMembers(whole));
        for (const member of members.values())
          expect(readString(chunked, member)).toBe(readString(whole, member));
        const list = members.get('list') ?? { start: 0, end: 0 };
        expect([...readElements(chunked, list)]).toEqual([...readElements(whole, list)]);
      }),
    );
  });

  it('is spliced without being put together', () => {
    const big = Buffer.alloc(1_000, 0x61);
    const edited = spliceBytes(new ChunkedBytes([Buffer.from('{"m":"x","t":"'), big, Buffer.from('"}')]), [
      { start: 5, end: 8, text: '"other"' },
    ]);
    expect(edited.toString()).toBe(`{"m":"other","t":"${'a'.repeat(1_000)}"}`);
    expect(slicesOf(edited, 0, edited.length).some((slice) => slice.buffer === big.buffer)).toBe(true);
  });
});
