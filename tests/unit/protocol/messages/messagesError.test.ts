import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import type { DialectError } from '../../../../main/protocol/dialectError.ts';
import { readMessagesAnswer } from '../../../../main/protocol/messages/messagesAnswer.ts';
import { messagesErrorBody } from '../../../../main/protocol/messages/messagesError.ts';
import { readTokenCount, tokenCountBody } from '../../../../main/protocol/messages/tokenCount.ts';
import { fixture } from './turns.ts';

const anError = (changes: Partial<DialectError>): DialectError => ({
  status: 400,
  message: 'It went wrong.',
  type: 'invalid_request_error',
  code: null,
  param: null,
  retryAfterMs: null,
  ...changes,
});

function written(changes: Partial<DialectError>): { type: string; message: string } {
  const body = JSON.parse(messagesErrorBody(anError(changes), 'req_1')) as Record<string, unknown>;
  expect(body).toEqual({ type: 'error', error: body.error, request_id: 'req_1' });
  return body.error as { type: string; message: string };
}

describe('messagesErrorBody', () => {
  it.each([
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [402, 'billing_error'],
    [403, 'permission_error'],
    [404, 'not_found_error'],
    [413, 'request_too_large'],
    [415, 'invalid_request_error'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [502, 'api_error'],
    [503, 'overloaded_error'],
    [504, 'timeout_error'],
    [529, 'overloaded_error'],
  ])('%i is %s', (status, type) => {
    expect(written({ status }).type).toBe(type);
  });

  it('begins with the words that Claude Code looks for', () => {
    const key = written({ status: 401, code: 'invalid_api_key', message: 'No such client key.' });
    expect(key.message).toBe('invalid x-api-key: No such client key.');
    const long = written({ code: 'context_length_exceeded', message: 'Too much text.' });
    expect(long.message).toBe('prompt is too long: Too much text.');
    const spoken = written({ message: "This model's maximum context length is 8192 tokens." });
    expect(spoken.message).toMatch(/^prompt is too long: This model/);
    const own = 'prompt is too long: 210000 tokens > 200000 maximum';
    expect(written({ message: own }).message).toBe(own);
  });

  it('takes no limit on tokens a minute for a prompt that is too long', () => {
    const message = 'Rate limit reached: too many tokens per minute.';
    expect(written({ status: 413, message }).message).toBe(message);
  });

  it('names an unknown model as Anthropic does', () => {
    const unknown = { status: 404, code: 'model_not_found' };
    expect(written({ ...unknown, message: 'No endpoint serves the model "gpt-x". Add one.' }).message).toBe(
      'model: gpt-x. No endpoint serves the model "gpt-x". Add one.',
    );
    expect(written({ ...unknown, message: 'model: claude-x' }).message).toBe('model: claude-x');
    expect(written({ status: 404, message: 'No such route.' }).message).toBe('No such route.');
  });

  it('is an error of its kind to the SDK', async () => {
    const client = new Anthropic({
      apiKey: 'k',
      maxRetries: 0,
      fetch: async () =>
        new Response(messagesErrorBody(anError({ status: 404, message: 'model: x' }), 'req_1'), {
          status: 404,
        }),
    });
    const asked = client.messages.create({
      model: 'x',
      max_tokens: 1,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    await expect(asked).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });
});

describe('readMessagesAnswer', () => {
  const read = (value: unknown) =>
    readMessagesAnswer(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

  it('takes a message for what it is', () => {
    expect(read(fixture('tool-use-message.json'))).toMatchObject({
      fault: null,
      usage: { input_tokens: 2095 },
    });
    expect(read({ content: [], stop_reason: 'refusal' }).fault).toBe(null);
    expect(read({ content: [], stop_reason: 'end_turn', usage: { output_tokens: 3 } }).fault).toBe(null);
  });

  it.each([
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
    [{ error: 'no credit' }, 'no credit'],
    [{ choices: [] }, 'the answer has no content'],
    [{ content: [], stop_reason: 'end_turn', usage: { output_tokens: 0 } }, 'the answer is empty'],
    [{ content: [{ type: 'text', text: '' }], stop_reason: 'end_turn' }, 'the answer is empty'],
    [
      '<html><title>Sign in</title></html>',
      'the answer is a web page ("Sign in"), not an API answer; check the base URL',
    ],
  ])('finds the fault in %j', (value, fault) => {
    expect(read(value).fault).toBe(fault);
  });
});

describe('tokenCount', () => {
  it('asks with what counts alone', () => {
    const body = {
      model: 'm',
      max_tokens: 5,
      stream: true,
      temperature: 1,
      stop_sequences: ['x'],
      metadata: {},
      service_tier: 'auto',
    };
    const counted = {
      system: 's',
      messages: [],
      tools: [],
      tool_choice: {},
      thinking: {},
      output_config: {},
    };
    expect(tokenCountBody({ ...body, ...counted })).toEqual({ model: 'm', ...counted });
  });

  it('reads the count, or that there is none', () => {
    expect(readTokenCount({ input_tokens: 14 })).toBe(14);
    expect(readTokenCount({ input_tokens: '14' })).toBe(null);
    expect(readTokenCount({ error: {} })).toBe(null);
  });
});
