import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDataUrl, writeDataUrl } from '../../../../main/protocol/hub/dataUrl.ts';

describe('data URLs', () => {
  it.each([
    ['data:image/png;base64,AAAA', 'image/png', 'AAAA'],
    ['DATA:Image/PNG;charset=utf-8;BASE64,AAAA', 'image/png', 'AAAA'],
    ['data:text/plain,a%20b', 'text/plain', 'YSBi'],
    ['data:text/plain,100%', 'text/plain', 'MTAwJQ=='],
    ['data:;base64,AAAA', null, 'AAAA'],
  ])('reads %s', (url, mediaType, data) => {
    expect(readDataUrl(url)).toEqual({ mediaType, data });
  });

  it.each(['https://x.test/a.png', 'data:image/png;base64', 'AAAA', ''])('%j is none', (url) => {
    expect(readDataUrl(url)).toBeNull();
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.base64String(), (data) => {
        expect(readDataUrl(writeDataUrl('application/pdf', data))).toEqual({
          mediaType: 'application/pdf',
          data,
        });
      }),
    );
  });
});
