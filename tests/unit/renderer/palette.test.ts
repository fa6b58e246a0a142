import { describe, expect, test } from 'vitest';
import type { Command } from '../../../renderer/components/palette/command.ts';
import { findCommands } from '../../../renderer/components/palette/findCommands.ts';
import { matchWords } from '../../../renderer/components/palette/matchWords.ts';

describe('what is typed', () => {
  test.each([
    ['set', ['Settings']],
    ['gpt mini', ['gpt-4o-mini']],
    ['openrt', ['OpenRouter']],
    ['通义', ['通义千问']],
    ['tyqw', ['通义千问']],
    ['tongyi', ['通义千问']],
    ['endpoints', ['端点', 'Endpoints']],
    ['req_01', ['gpt-4o', 'req_01abc']],
  ])('%s names %s', (query, texts) => expect(matchWords(query, texts)).toBeGreaterThan(0));

  test.each([
    ['gpt claude', ['gpt-4o']],
    ['zz', ['通义千问']],
    ['tsi', ['Settings']],
    ['.*', ['Settings']],
  ])('%s does not name %s', (query, texts) => expect(matchWords(query, texts)).toBe(0));

  test('fits a name better than a word beside it, and a beginning better than a middle', () => {
    expect(matchWords('keys', ['Keys'])).toBeGreaterThan(matchWords('keys', ['Create', 'keys']));
    expect(matchWords('mod', ['Models'])).toBeGreaterThan(matchWords('mod', ['Open model']));
    expect(matchWords('mod', ['Open model'])).toBeGreaterThan(matchWords('mod', ['Unmodified']));
    expect(matchWords('tyqw', ['通义千问'])).toBeGreaterThan(matchWords('tyqw', ['一小时内只用通义千问']));
  });
});

describe('the list', () => {
  const command = (group: Command['group'], name: string, first = false): Command => ({
    id: `${group} ${name}`,
    group,
    name,
    first,
    run: () => undefined,
  });

  test('is what is offered first until something is typed', () => {
    const commands = [command('page', 'Keys', true), command('model', 'gpt-4o')];
    expect(findCommands(commands, ' ').map(({ name }) => name)).toEqual(['Keys']);
  });

  test('keeps groups together, the one with the best fit first, and none so long that it hides another', () => {
    const models = Array.from({ length: 30 }, (_, index) => command('model', `a-key-${index}`));
    const found = findCommands([...models, command('page', 'Keys', true)], 'key');
    expect(found[0]?.name).toBe('Keys');
    expect(found.filter(({ group }) => group === 'model').length).toBeLessThan(10);
  });
});
