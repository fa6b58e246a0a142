import { describe, expect, it } from 'vitest';
import { readFault } from '../../../main/protocol/readFault.ts';

const body = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('readFault', () => {
  it.each([
    [
      'Anthropic',
      {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message: 'prompt is too long: 210000 tokens > 200000 maximum',
        },
      },
    ],
    [
      'OpenAI',
      {
        error: {
          message: "This model's maximum context length is 128000 tokens.",
          code: 'context_length_exceeded',
        },
      },
    ],
    [
      'Gemini',
      {
        error: {
          code: 400,
          message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
  ])('knows a prompt that is too long from %s', (_maker, value) => {
    expect(readFault(body(value), 400)).toMatchObject({ status: 400, code: 'context_length_exceeded' });
  });

  it('does not take a rate limit for one', () => {
    const limited = body({ error: { message: 'Rate limit reached: too many tokens per minute' } });
    expect(readFault(limited, 429)).toMatchObject({ code: null, type: 'rate_limit_error' });
  });

  it('keeps a code, and gives a web page words', () => {
    expect(readFault(body({ error: { message: 'No.', code: 'bad_thing' } }), 400).code).toBe('bad_thing');
    expect(readFault(Buffer.from('<html><title>Oops</title></html>'), 404).message).toContain(
      'web page ("Oops")',
    );
  });
});
