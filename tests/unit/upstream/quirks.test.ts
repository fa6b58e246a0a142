import { expect, it } from 'vitest';
import { createQuirks } from '../../../main/upstream/quirks.ts';

it('keeps what was learned by endpoint and model, and leaves what a request began with alone', () => {
  const quirks = createQuirks();
  quirks.learn('e', 'm', 'drop:seed');
  const begun = quirks.of('e', 'm');
  quirks.learn('e', 'm', 'merge-roles');
  expect([...begun]).toEqual(['drop:seed']);
  expect([...quirks.of('e', 'm')]).toEqual(['drop:seed', 'merge-roles']);
  expect(quirks.of('e', 'other').size).toBe(0);
  expect(quirks.of('other', 'm').size).toBe(0);
});

it('believes the last word about the name of the limit', () => {
  const quirks = createQuirks();
  quirks.learn('e', 'm', 'max-tokens');
  quirks.learn('e', 'm', 'max-completion-tokens');
  expect([...quirks.of('e', 'm')]).toEqual(['max-completion-tokens']);
});

it('forgets the oldest when there are too many', () => {
  const quirks = createQuirks();
  for (let at = 0; at <= 2_000; at++) quirks.learn('e', `m${at}`, 'merge-roles');
  expect(quirks.of('e', 'm0').size).toBe(0);
  expect(quirks.of('e', 'm2000').size).toBe(1);
});
