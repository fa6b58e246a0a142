import { expect, test } from 'vitest';
import { likelyModel } from '../../../renderer/pages/connect/likelyModel.ts';

const model = (id: string, inactive = false) => ({ id, routes: [{ inactive }] });
const models = [
  model('cerebras-thing'),
  model('claude-sonnet-5'),
  model('gemini-2.5-pro'),
  model('gpt-4o', true),
  model('gpt-5'),
];

test.each([
  ['claudeCode', 'claude-sonnet-5'],
  ['codex', 'gpt-5'],
  ['geminiCli', 'gemini-2.5-pro'],
  ['cherryStudio', 'claude-sonnet-5'],
])('%s begins with %s', (client, id) => {
  expect(likelyModel(client, models)?.id).toBe(id);
});

test('what answers comes before what suits, and what is there before nothing', () => {
  expect(likelyModel('codex', [model('gpt-5', true), model('local')])?.id).toBe('local');
  expect(likelyModel('codex', [model('gpt-5', true)])?.id).toBe('gpt-5');
  expect(likelyModel('codex', [])).toBeUndefined();
});
