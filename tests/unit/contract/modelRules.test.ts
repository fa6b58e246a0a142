import { describe, expect, it, test } from 'vitest';
import {
  coveredBy,
  coversModel,
  isAllowed,
  ruleProblem,
  splitRules,
} from '../../../main/contract/modelRules.ts';
import { clientKeySchema } from '../../../main/contract/schemas/clientKey.ts';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';

test.each([
  ['gpt-4o', 'gpt-4o', true],
  ['gpt-4o', 'gpt-4o-mini', false],
  ['gpt-*', 'gpt-4o', true],
  ['gpt-*', 'gpt-', true],
  ['gpt-*', 'xgpt-4o', false],
  ['*-preview', 'o1-preview', true],
  ['*-preview', 'o1-preview-2', false],
  ['*', '', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'acb', false],
  // What stands before a star and what stands behind it are not to be the same letters.
  ['ab*ba', 'aba', false],
  ['a*bc*c', 'abc', false],
  ['**', 'x', true],
  ['gpt-4.1', 'gpt-4x1', false],
])('%s covers %s: %s', (pattern, name, covered) => {
  expect(coversModel(pattern, name)).toBe(covered);
  expect(coveredBy(['none', pattern], name)).toBe(covered ? pattern : null);
});

describe('a list of models', () => {
  test.each<[string[], string, boolean]>([
    [['*', '!gpt-4o*', '!o1'], 'gpt-4o-mini', false],
    [['*', '!gpt-4o*', '!o1'], 'o1', false],
    [['*', '!gpt-4o*', '!o1'], 'o1-mini', true],
    [['!gpt-4o*', 'gpt-4o', '*'], 'gpt-4o', false],
    [['!o1'], 'o1', false],
    [['!o1'], 'gpt-4o', true],
    [['gpt-*', '!o1'], 'claude-x', false],
    [[], 'gpt-4o', false],
  ])('%j reaches %s: %s', (list, name, reached) => {
    expect(isAllowed(list, name)).toBe(reached);
  });

  it('is told apart into what lets in and what leaves out', () => {
    expect(splitRules(['a', '!b*', 'c'])).toEqual({ named: ['a', 'c'], excluded: ['b*'] });
  });
});

test.each([
  ['!', /write a name or pattern/],
  ['!  ', /write a name or pattern/],
  ['!!o1', /right behind one/],
  ['! o1', /right behind one/],
  ['!*', /leaves out every model/],
  ['!**', /leaves out every model/],
])('%j is refused where it is written', (entry, message) => {
  expect(ruleProblem(entry)).toMatch(message);
  const key = clientKeySchema.safeParse({ id: 'a', secret: 's', models: ['*', entry] });
  expect(key.error?.issues).toMatchObject([{ path: ['models', 1], message: expect.stringMatching(message) }]);
  const endpoint = endpointSchema.safeParse({ id: 'a', baseUrl: 'http://h', models: [entry] });
  expect(endpoint.error?.issues).toMatchObject([{ path: ['models', 0] }]);
});

test.each(['!o1', '!*-preview', '*', 'gpt-*', 'a!b'])('%s is taken', (entry) => {
  expect(ruleProblem(entry)).toBeNull();
});
