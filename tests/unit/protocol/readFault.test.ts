import { describe, expect, it } from 'vitest';
import { messagesErrorBody } from '../../../main/protocol/messages/messagesError.ts';
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

  it.each([
    'the request exceeds the available context size. try increasing the context size or enable context shift',
    'Invalid request: Your request exceeded model token limit: 262144',
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    'Prompt exceeds max length',
    '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]',
    'Please reduce the length of the messages or completion.',
    'prompt token count of 132000 exceeds the limit of 128000',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
  ])('knows it from others who speak chat, and tells Claude Code: %s', (message) => {
    const fault = readFault(body({ error: { message } }), 400);
    expect(fault.code).toBe('context_length_exceeded');
    expect(messagesErrorBody(fault, 'req_1')).toContain('prompt is too long');
    expect(messagesErrorBody({ ...fault, code: null }, 'req_1')).toContain('prompt is too long');
  });

  it.each([
    'max_tokens is too large: 100000. This model supports at most 16384 completion tokens.',
    'Invalid value for messages: expected an array.',
  ])('takes no other mistake for one: %s', (message) => {
    expect(readFault(body({ error: { message } }), 400).code).toBeNull();
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
