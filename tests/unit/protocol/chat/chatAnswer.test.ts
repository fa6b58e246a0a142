import { describe, expect, it } from 'vitest';
import { readChatAnswer } from '../../../../main/protocol/chat/chatAnswer.ts';
import { errorMessageOf } from '../../../../main/protocol/errorMessage.ts';

const read = (value: unknown, chat = true) =>
  readChatAnswer(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), chat);
const message = (content: unknown, finish: string | null = 'stop', more: object = {}) => ({
  choices: [{ message: { content, ...more }, finish_reason: finish }],
});

describe('readChatAnswer', () => {
  it('takes a real answer, with its usage', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    expect(read({ ...message('hi'), usage })).toEqual({ fault: null, usage });
    expect(read(message(null, 'tool_calls', { tool_calls: [{}] })).fault).toBeNull();
    expect(read(message('', 'length')).fault).toBeNull();
    expect(read({ ...message(''), usage: { completion_tokens: 4 } }).fault).toBeNull();
    expect(read({ choices: [{ text: 'completion', finish_reason: 'stop' }] }).fault).toBeNull();
    expect(read({ data: [] }, false).fault).toBeNull();
  });

  it.each([
    ['<!DOCTYPE html><title>Sign in</title>', 'a web page ("Sign in")'],
    ['', 'is empty'],
    ['upstream busy', 'no JSON: upstream busy'],
    [{ error: { message: 'quota exceeded' } }, 'quota exceeded'],
    [{ error: 'plain words' }, 'plain words'],
    [{ choices: [] }, 'no choices'],
    [{ id: 'x' }, 'no choices'],
    [message(''), 'is empty'],
    [message(null, null), 'is empty'],
  ])('%j is no answer', (value, words) => {
    expect(read(value).fault).toContain(words);
  });

  it('lets error: null pass', () => {
    expect(read({ ...message('hi'), error: null }).fault).toBeNull();
  });
});

describe('errorMessageOf', () => {
  it.each([
    ['{"error":{"message":"a"}}', 'a'],
    ['{"error":"b"}', 'b'],
    ['{"message":"c"}', 'c'],
    ['{"detail":"d"}', 'd'],
    ['{"detail":[1]}', '{"detail":[1]}'],
    ['', 'status 500 without a word'],
    ['<html><title>502 Bad Gateway</title>', 'a web page ("502 Bad Gateway")'],
  ])('%s', (body, words) => {
    expect(errorMessageOf(Buffer.from(body), 500)).toContain(words);
  });
});
