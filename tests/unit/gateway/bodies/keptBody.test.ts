import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../../main/base/redact.ts';
import { keptBodyBytes } from '../../../../main/contract/keptBodies.ts';
import { toKeptBody } from '../../../../main/gateway/bodies/keptBody.ts';

const secret = 'pass"word\\of some length';
const redactor = createRedactor();
redactor.add(secret);

const keep = (text: string, mediaType = 'application/json; charset=utf-8', totalBytes?: number) => {
  const bytes = Buffer.from(text);
  return toKeptBody({ bytes, mediaType, totalBytes: totalBytes ?? bytes.length }, redactor.redact);
};

describe('a kept body', () => {
  it('is the text as it was sent, and says what it is', () => {
    const text = '{ "a" : [1, 2],\n "你": "好" }';
    expect(keep(text)).toEqual({
      text,
      mediaType: 'application/json',
      bytes: Buffer.byteLength(text),
      isCut: false,
    });
  });

  it('holds no secret, also as JSON writes it', () => {
    const kept = keep(JSON.stringify({ text: `it is ${secret}`, key: 'sk-abcdefghijklmnop1234' }));
    expect(kept.text).toBe('{"text":"it is ••ngth","key":"••1234"}');
  });

  it('is cut between two characters, and says so', () => {
    const kept = keep(`"${'界'.repeat(200_000)}"`);
    expect(kept).toMatchObject({ isCut: true, bytes: 600_002 });
    expect(Buffer.byteLength(kept.text ?? '')).toBeLessThanOrEqual(keptBodyBytes);
    expect(kept.text?.slice(1).replaceAll('界', '')).toBe('');
  });

  it('is not cut where it just fits', () => {
    expect(keep('x'.repeat(keptBodyBytes))).toMatchObject({ isCut: false });
    expect(keep('x'.repeat(keptBodyBytes + 1))).toMatchObject({ isCut: true });
  });

  it.each([-1, 0, 1, 5, 12, 20])(
    'holds no part of a secret that lies %i characters before the cut',
    (before) => {
      const kept = keep(
        'x'.repeat(keptBodyBytes - before) + JSON.stringify(secret).slice(1, -1) + 'y'.repeat(900_000),
      );
      expect(kept.text).not.toContain('pa');
    },
  );

  it('holds no part of a secret behind which nothing was held any more', () => {
    expect(keep(`${'x'.repeat(1_000)}pass`, 'text/event-stream', 2_000_000).text).not.toContain('pa');
    // Many secrets make the text shorter than what is kept of it.
    const many = `${JSON.stringify(secret).slice(1, -1)} `.repeat(20_000);
    expect(keep(many).text).not.toContain('pa');
  });

  it('is no text where it was none', () => {
    expect(keep('\u0000\u0001', 'audio/mpeg', 99)).toEqual({
      text: null,
      mediaType: 'audio/mpeg',
      bytes: 99,
      isCut: false,
    });
  });
});
