import { expect, it } from 'vitest';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { createMetrics } from '../../../main/gateway/metrics.ts';
import type { AccountStates } from '../../../main/guards/accountStates.ts';
import type { Snapshot } from '../../../main/registry/snapshot.ts';

const attempt = (endpointId: string, outcome: 'ok' | 'server-error') =>
  ({ endpointId, outcome }) as RequestRecord['attempts'][number];

const record = (part: Partial<RequestRecord>): RequestRecord =>
  ({
    status: 'ok',
    endpointId: null,
    attempts: [],
    firstTokenMs: null,
    tokens: { input: 0, output: 0, cached: 0, reasoning: 0, source: 'none' },
    ...part,
  }) as RequestRecord;

const tokens = (input: number, output: number): RequestRecord['tokens'] => ({
  input,
  output,
  cached: 0,
  reasoning: 0,
  source: 'reported',
});

it('adds up requests, attempts and tokens for each endpoint, with labels that can be read back', () => {
  const metrics = createMetrics();
  metrics.add(
    record({
      endpointId: 'b',
      attempts: [attempt('a "quoted"', 'server-error'), attempt('b', 'ok')],
      tokens: tokens(10, 3),
      firstTokenMs: 500,
    }),
  );
  metrics.add(
    record({ endpointId: 'b', attempts: [attempt('b', 'ok')], tokens: tokens(5, 4), firstTokenMs: 250 }),
  );
  metrics.add(record({ status: 'failed' }));
  const text = metrics.text({ endpoints: [] } as unknown as Snapshot, {} as AccountStates, 7);
  const values = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(values.toSorted()).toEqual(
    [
      'sluice_requests_total{status="ok",endpoint="b"} 2',
      'sluice_requests_total{status="failed",endpoint=""} 1',
      'sluice_attempts_total{outcome="server-error",endpoint="a \\"quoted\\""} 1',
      'sluice_attempts_total{outcome="ok",endpoint="b"} 2',
      'sluice_tokens_total{kind="input",endpoint="b"} 15',
      'sluice_tokens_total{kind="output",endpoint="b"} 7',
      'sluice_tokens_total{kind="input",endpoint=""} 0',
      'sluice_tokens_total{kind="output",endpoint=""} 0',
      'sluice_in_flight 7',
      'sluice_first_token_seconds_sum 0.75',
      'sluice_first_token_seconds_count 2',
    ].toSorted(),
  );
});
