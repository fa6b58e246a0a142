import { describe, expect, it } from 'vitest';
import {
  decodeTokenCountBody,
  readTokenCount,
  tokenCountBody,
} from '../../../../main/protocol/gemini/tokenCount.ts';
import { encode, hi, said, turn } from './fixture.ts';

describe('countTokens', () => {
  it('counts the whole request, and comes back as it went', () => {
    const { body } = encode(turn([said('system', 'A'), hi]));
    const asked = tokenCountBody(body, 'gemini-2.5-pro');
    expect(asked).toEqual({ generateContentRequest: { model: 'models/gemini-2.5-pro', ...body } });
    expect(decodeTokenCountBody(JSON.parse(JSON.stringify(asked)))).toEqual(body);
    expect(tokenCountBody(body, 'models/x')).toHaveProperty('generateContentRequest.model', 'models/x');
  });

  it('reads bare contents, and both spellings', () => {
    const contents = [{ parts: [{ text: 'Hi' }] }];
    expect(decodeTokenCountBody({ contents })).toEqual({ contents });
    expect(decodeTokenCountBody({ generate_content_request: { model: 'models/x', contents } })).toEqual({
      contents,
    });
    expect(() => decodeTokenCountBody({ generateContentRequest: 'x' })).toThrow(/generateContentRequest/);
  });

  it.each([
    [{ totalTokens: 7, cachedContentTokenCount: 0 }, 7],
    [{ totalTokens: '7' }, null],
    [{}, null],
    [null, null],
  ])('reads %j as %j', (answer, tokens) => {
    expect(readTokenCount(answer)).toBe(tokens);
  });
});
