import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationOf, editEnvelope, readEnvelope } from '../../../main/protocol/jsonEnvelope.ts';

const envelope = (value: unknown, space?: number) =>
  readEnvelope(Buffer.from(JSON.stringify(value, null, space)));
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
  const names = ['model', 'stream', 'a', 'b', 'say "hi": \\', 'ünïcode', ''];
  const name = fc.constantFrom(...names);
  const space = fc.constantFrom('', ' ', '\n\t');
  const none = { set: new Map<string, string>(), drop: new Set<string>() };

  it('does what the same edits would do to the parsed object, for any order, spacing and doubles', () => {
    const member = fc.record({
      name,
      value: fc.jsonValue({ maxDepth: 2 }),
      gap: space,
      escaped: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 8 }),
        fc.dictionary(name, fc.jsonValue({ maxDepth: 1 })),
        fc.uniqueArray(name),
        space,
        (members, set, drop, gap) => {
          const keyOf = (key: string, escaped: boolean): string =>
            escaped ? JSON.stringify(key).replaceAll('a', '\\u0061') : JSON.stringify(key);
          const text = members.map(
            (one) =>
              `${one.gap}${keyOf(one.name, one.escaped)}${one.gap}:${one.gap}${JSON.stringify(one.value)}${one.gap}`,
          );
          const body = Buffer.from(`${gap}{${gap}${text.join(',')}${gap}}${gap}`);
          const read = readEnvelope(body, { model: 'm', stream: false });
          const edits = {
            set: new Map(Object.entries(set).map(([key, value]) => [key, JSON.stringify(value)])),
            drop: new Set(drop),
          };
          const result = editEnvelope(read, edits);

          const wanted = JSON.parse(body.toString()) as Record<string, unknown>;
          for (const key of drop) delete wanted[key];
          Object.assign(wanted, JSON.parse(JSON.stringify(set)));
          expect(JSON.parse(result.toString())).toEqual(wanted);
          // Also for readers that take the first of two members of one name.
          const left = readEnvelope(result, { model: 'm', stream: false }).members;
          for (const key of [...edits.set.keys(), ...drop]) expect(left.get(key)?.earlier ?? null).toBeNull();
        },
      ),
    );
  });

  it('touches nothing else: every other byte stays, spaces and odd numbers too', () => {
    const read = readEnvelope(
      Buffer.from('{ "a" : 1.0e+2 ,"model":"m", "seed": 12345678901234567890, "z" :[ ] }'),
    );
    const change = (set: [string, string][], drop: string[]): string =>
      editEnvelope(read, { set: new Map(set), drop: new Set(drop) }).toString();
    expect(change([['model', '"n"']], [])).toBe(
      '{ "a" : 1.0e+2 ,"model":"n", "seed": 12345678901234567890, "z" :[ ] }',
    );
    expect(change([['y', '{}']], ['a', 'z'])).toBe('{ "model":"m", "seed": 12345678901234567890,"y":{} }');
    expect(change([], ['model', 'seed'])).toBe('{ "a" : 1.0e+2, "z" :[ ] }');
  });

  it('sets what is both set and dropped', () => {
    const read = envelope({ model: 'm', a: 1 });
    expect(editEnvelope(read, { set: new Map([['a', '2']]), drop: new Set(['a']) }).toString()).toBe(
      '{"model":"m","a":2}',
    );
  });

  it('hands back the same bytes where nothing changes', () => {
    const read = envelope({ model: 'm', stream: true });
    expect(editEnvelope(read, none)).toBe(read.body);
    expect(editEnvelope(read, { ...none, drop: new Set(['absent']) })).toBe(read.body);
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
