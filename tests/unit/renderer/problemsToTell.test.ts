import { expect, test } from 'vitest';
import type { EndpointView, Problem } from '../../../main/contract/schemas/views.ts';
import { problemsToTell } from '../../../renderer/components/problemsToTell.ts';

const missing = (names: string) =>
  ({
    id: 'secrets',
    code: 'secret-missing',
    message: names,
    details: { names, reason: 'gone' },
    since: 0,
  }) as Problem;
const offline = { id: 'offline', code: 'offline', message: '', details: {}, since: 0 } as Problem;
const pool = [
  { id: 'one', accounts: [{ id: 'a1' }, { id: 'a2' }] },
  { id: 'two', accounts: [] },
] as unknown as EndpointView[];

test('a secret that is gone is told once: by its account, or among the client keys', () => {
  expect(problemsToTell([missing('one/a1, one/a2'), offline], pool)).toEqual([offline]);
  const [left] = problemsToTell([missing('Laptop, one/a2, CI')], pool);
  expect(left?.details).toEqual({ names: 'Laptop, CI', reason: 'gone' });
  expect(problemsToTell([missing('one/a1')], [])).toHaveLength(1);
});
