import { describe, expect, it } from 'vitest';
import { leftOutPattern } from '../../../../main/contract/keptBodies.ts';
import { leaveOutMedia } from '../../../../main/gateway/bodies/leaveOutMedia.ts';

const room = 1_000_000;
const textOf = (value: unknown) => leaveOutMedia(Buffer.from(JSON.stringify(value)), room).text;
const png = `iVBORw0KGgo${'AbC0+/'.repeat(20_000)}==`;

describe('media in a body', () => {
  it.each<[what: string, value: unknown, note: string]>([
    ['of a data URL', { url: `data:image/webp;base64,${png}` }, '[left out: image/webp, 90 kB]'],
    [
      'of a data URL with parameters',
      `data:audio/wav;codecs=1;base64,${png}`,
      '[left out: audio/wav, 90 kB]',
    ],
    ['of a data URL without a type', `data:;base64,${png}`, '[left out: data, 90 kB]'],
    ['told by its beginning', { data: png }, '[left out: image/png, 90 kB]'],
    ['of a JPEG', { data: `/9j/${'4AAQ'.repeat(1_000)}` }, '[left out: image/jpeg, 3 kB]'],
    ['of an unknown kind', { data: 'AbC0+/'.repeat(2_000_000) }, '[left out: base64, 9.0 MB]'],
  ])('%s is told by type and size', (_what, value, note) => {
    const text = textOf({ before: 'a', value, after: 'b' });
    expect(text).toContain(note);
    expect(text.length).toBeLessThan(200);
    expect(JSON.parse(text)).toMatchObject({ before: 'a', after: 'b' });
    expect(leftOutPattern.exec(text)?.[0]).toBe(note);
  });

  it.each([
    ['text', 'the quick brown fox '.repeat(500)],
    ['text without spaces', '你好，'.repeat(5_000)],
    ['text that speaks of data URLs', `data:image/png;base64, is how it begins ${'x'.repeat(2_000)}`],
    ['quotes and escapes', '{"a":"\\"b\\""}'.repeat(300)],
    ['a signature', `Eo${'kBCkYI'.repeat(1_000)}`],
    ['a small image', `data:image/png;base64,${png.slice(0, 300)}`],
  ])('%s stays as it is', (_what, text) => {
    expect(JSON.parse(textOf({ text }))).toEqual({ text });
  });

  it('of an image whose end did not come any more nothing is left', () => {
    const bytes = Buffer.from(JSON.stringify({ text: 'see', image: `data:image/png;base64,${png}` }));
    const { text } = leaveOutMedia(bytes.subarray(0, 60_000), room);
    expect(text).toMatch(/^\{"text":"see","image":"\[left out: image\/png, 45 kB\]$/);
  });

  it('several images, and the words between them', () => {
    const parts = [{ image: png }, { text: 'and' }, { image: png }];
    expect(textOf(parts)).toBe(
      '[{"image":"[left out: image/png, 90 kB]"},{"text":"and"},{"image":"[left out: image/png, 90 kB]"}]',
    );
  });

  it('takes no room from the words', () => {
    const bytes = Buffer.from(JSON.stringify([png, 'x'.repeat(900), png, 'the end']));
    expect(leaveOutMedia(bytes, 1_000)).toMatchObject({ whole: true });
    expect(leaveOutMedia(bytes, 800)).toMatchObject({ whole: false });
    expect(leaveOutMedia(bytes, 800).text.length).toBeLessThan(850);
  });
});
