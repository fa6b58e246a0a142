import { describe, expect, it } from 'vitest';
import { nextAccountId, uniqueId, wishedEndpointId } from '../../../main/base/uniqueId.ts';
import { idSchema } from '../../../main/contract/schemas/endpoint.ts';

describe('an endpoint’s id', () => {
  it.each([
    ['OpenAI main', 'https://api.openai.com/v1', 'openai-main'],
    ['Crème brûlée #2', 'https://x.test', 'creme-brulee-2'],
    ['深度求索', 'https://api.deepseek.com', 'deepseek'],
    ['', 'http://localhost:11434/v1', 'localhost'],
    ['', 'http://127.0.0.1:1234/v1', 'openai'],
    ['', 'http://[fd00::1]:1234/v1', 'openai'],
    ['--', 'demo://local/v1', 'local'],
    ['x'.repeat(200), 'https://x.test', 'x'.repeat(48)],
  ])('of %j at %s is %s', (name, baseUrl, id) => {
    const wished = wishedEndpointId({ name, baseUrl, kind: 'openai' });
    expect(wished).toBe(id);
    expect(idSchema.safeParse(wished).success).toBe(true);
  });

  it('gets the first free number', () => {
    expect(uniqueId('a', [])).toBe('a');
    expect(uniqueId('a', ['a', 'a-2', 'a-4'])).toBe('a-3');
  });
});

it('an account’s id never slips into a gap', () => {
  expect(nextAccountId([])).toBe('a1');
  expect(nextAccountId(['a1', 'a7', 'main', 'a007x'])).toBe('a8');
});
