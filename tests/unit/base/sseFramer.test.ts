import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseFramer, EventTooLargeError, splitEvents } from '../../../main/base/sseFramer.ts';

const stream = 'data: {"a":"ü€😀"}\n\n: comment\n\ndata: one\r\ndata: two\r\n\r\ndata: cr\r\rdata: last';

function run(chunks: Buffer[]): { complete: Buffer[]; rest: Buffer | null } {
  const framer = createSseFramer();
  const complete = chunks.map((chunk) => framer.push(chunk)).filter((part) => part !== null);
  return { complete, rest: framer.rest() };
}

describe('createSseFramer', () => {
  it('gives the same bytes and only whole events, however the stream is cut', () => {
    const whole = Buffer.from(stream);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: whole.length - 1 }), { maxLength: 30 }), (cuts) => {
        const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), whole.length];
        const chunks = edges.slice(1).map((end, index) => whole.subarray(edges[index], end));
        const { complete, rest } = run(chunks);
        expect(Buffer.concat([...complete, rest ?? Buffer.alloc(0)]).toString()).toBe(stream);
        for (const part of complete) expect(part.toString()).toMatch(/(?:\n\n|\r\n\r\n|\r\r)$/);
        expect(rest?.toString()).toBe('data: last');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['\n', '\r\n', '\r'])(
    'lets an event go with its last byte, though they come one by one, with %j',
    (newline) => {
      const framer = createSseFramer();
      const bytes = [...Buffer.from(`data: a${newline}${newline}`)];
      const passed = bytes.map((byte) => framer.push(Buffer.from([byte])));
      expect(passed.map((part) => part !== null)).toEqual(bytes.map((_, at) => at === bytes.length - 1));
    },
  );

  it('passes a chunk of whole events on without a copy', () => {
    const chunk = Buffer.from('data: a\n\ndata: b\n\n');
    expect(createSseFramer().push(chunk)).toBe(chunk);
  });

  it('refuses an event without end', () => {
    const framer = createSseFramer();
    const chunk = Buffer.alloc(1024 * 1024, 0x61);
    expect(() => {
      for (let megabytes = 0; megabytes < 10; megabytes++) framer.push(chunk);
    }).toThrow(EventTooLargeError);
  });
});

describe('splitEvents', () => {
  it('reads data lines in every line ending, joined where there are several', () => {
    const events = splitEvents(Buffer.from(stream));
    expect(events.map(({ data }) => data)).toEqual(['{"a":"ü€😀"}', null, 'one\ntwo', 'cr', 'last']);
    expect(Buffer.concat(events.map((event) => event.bytes)).toString()).toBe(stream);
  });
});
