import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationOf, editEnvelope, readEnvelope } from '../../../main/protocol/jsonEnvelope.ts';

const envelope = (value: unknown, space?: number) =>
  readEnvelope(Buffer.from(JSON.stringify(value, null, space)));
const edited = (
  value: unknown,
  edits: Partial<Parameters<typeof editEnvelope>[1]>,
  space?: number,
): unknown =>
  JSON.parse(
    editEnvelope(envelope(value, space), {
      model: 'm',
      includeUsage: false,
      dropStreamOptions: false,
      ...edits,
    }).toString(),
  );

describe('readEnvelope', () => {
  it('reads model, stream and who wants the usage', () => {
    expect(envelope({ model: ' m ', stream: true, stream_options: { include_usage: true } })).toMatchObject({
      model: 'm',
      stream: true,
      wantsUsage: true,
    });
    expect(envelope({ model: 'm', stream: 'true', stream_options: null })).toMatchObject({
      stream: false,
      wantsUsage: false,
    });
  });

  it.each([
    ['{"model":', 'invalid_json'],
    ['[]', 'invalid_json'],
    ['', 'invalid_json'],
    ['{}', 'invalid_request'],
    ['{"model":7}', 'invalid_request'],
    ['{"model":""}', 'invalid_request'],
  ])('%s -> %s', (text, code) => {
    expect(() => readEnvelope(Buffer.from(text))).toThrow(expect.objectContaining({ code }));
  });
});

describe('editEnvelope', () => {
  it('changes nothing but what it is asked to, in any body and spacing', () => {
    const extra = fc.dictionary(
      fc.string().filter((key) => !['model', 'stream', 'stream_options', '__proto__'].includes(key)),
      fc.jsonValue(),
    );
    const options = fc.constantFrom(
      undefined,
      null,
      {},
      { include_usage: false },
      { include_obfuscation: true },
    );
    fc.assert(
      fc.property(
        extra,
        options,
        fc.boolean(),
        fc.constantFrom(undefined, 2),
        fc.constantFrom('m', 'other "name"'),
        (rest, streamOptions, first, space, model) => {
          const own = {
            stream: true,
            ...(streamOptions === undefined ? {} : { stream_options: streamOptions }),
          };
          const body = JSON.parse(
            JSON.stringify(first ? { ...own, model: 'm', ...rest } : { ...rest, model: 'm', ...own }),
          ) as object;
          expect(edited(body, { model, includeUsage: true }, space)).toEqual({
            ...body,
            model,
            stream_options: { ...streamOptions, include_usage: true },
          });
          const { stream_options: _, ...without } = body as { stream_options?: unknown };
          expect(edited(body, { model, dropStreamOptions: true }, space)).toEqual({ ...without, model });
        },
      ),
    );
  });

  it('hands back the same bytes where nothing changes', () => {
    const read = envelope({ model: 'm', stream: true, stream_options: { include_usage: true } });
    expect(editEnvelope(read, { model: 'm', includeUsage: true, dropStreamOptions: false })).toBe(read.body);
  });
});

describe('conversationOf', () => {
  const turn = (...messages: [string, string][]) =>
    conversationOf(
      envelope({
        temperature: 1,
        model: 'm',
        messages: messages.map(([role, content]) => ({ role, content })),
      }),
      'key',
    );

  it('stays the same over the turns of a conversation', () => {
    const first = turn(['system', 's'], ['user', 'hello']);
    expect(turn(['system', 's'], ['user', 'hello'], ['assistant', 'hi'], ['user', 'more'])).toBe(first);
    expect(first).not.toBeNull();
  });

  it("differs by system text, first words, key, and the client's own cache key", () => {
    const base = turn(['system', 's'], ['user', 'hello']);
    expect(turn(['system', 't'], ['user', 'hello'])).not.toBe(base);
    expect(turn(['system', 's'], ['user', 'hullo'])).not.toBe(base);
    const cached = envelope({ model: 'm', prompt_cache_key: 'k', messages: [] });
    expect(conversationOf(cached, 'key')).not.toBe(conversationOf(cached, 'other'));
  });

  it('tells long beginnings apart that begin alike', () => {
    const long = 'x'.repeat(100_000);
    expect(turn(['user', long])).not.toBe(turn(['user', `${long}y`]));
  });

  it('is silent where there are no messages', () => {
    expect(conversationOf(envelope({ model: 'm', prompt: 'x' }), 'key')).toBeNull();
  });
});
