import { expect, test } from 'vitest';
import type { ModelPreview, ModelView } from '../../../main/contract/schemas/models.ts';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { endpointToMend, isTriable, triableEndpoints } from '../../../renderer/pages/models/triable.ts';

const at = (endpointId: string) => ({ endpointId });

test('a model is tried with each endpoint once, in the order of trying, if it converses', () => {
  const candidates = [at('a'), at('a'), at('b')];
  const preview = { candidates, skipped: [at('c'), at('b')] } as unknown as ModelPreview;
  const model = { use: 'chat', routes: [at('b'), at('d')] } as unknown as ModelView;
  expect(triableEndpoints(model, preview)).toEqual(['a', 'b', 'c', 'd']);
  expect(triableEndpoints(null, preview)).toEqual(['a', 'b', 'c']);
  expect(isTriable(model)).toBe(true);
  expect(isTriable(null)).toBe(true);
  expect(isTriable({ ...model, use: 'embeddings' })).toBe(false);
});

test('a failure points at the endpoint that failed last, else at the first one passed over', () => {
  const record = (change: object) => ({ attempts: [], skipped: [], ...change }) as unknown as RequestRecord;
  expect(endpointToMend(record({ attempts: [at('a'), at('b')], skipped: [at('c')] }))).toBe('b');
  expect(endpointToMend(record({ skipped: [at('c'), at('d')] }))).toBe('c');
  expect(endpointToMend(record({}))).toBeNull();
});
