// Counters since the start, as Prometheus text.
import type { RequestRecord } from '../contract/schemas/record.ts';
import type { AccountStates } from '../guards/accountStates.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { endpointStatuses } from './poolStatus.ts';

export interface Metrics {
  add(record: RequestRecord): void;
  /** Prometheus text exposition format 0.0.4. */
  text(snapshot: Snapshot, states: AccountStates, inFlight: number): string;
}

const label = (value: string): string =>
  value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const attempts = new Map<string, number>();
  const tokens = new Map<string, number>();
  let firstTokenSum = 0;
  let firstTokenCount = 0;
  const bump = (map: Map<string, number>, key: string, by: number): void =>
    void map.set(key, (map.get(key) ?? 0) + by);

  return {
    add(record) {
      const endpoint = label(record.endpointId ?? '');
      bump(requests, `status="${record.status}",endpoint="${endpoint}"`, 1);
      for (const attempt of record.attempts) {
        bump(attempts, `outcome="${attempt.outcome}",endpoint="${label(attempt.endpointId)}"`, 1);
      }
      bump(tokens, `kind="input",endpoint="${endpoint}"`, record.tokens.input);
      bump(tokens, `kind="output",endpoint="${endpoint}"`, record.tokens.output);
      if (record.firstTokenMs !== null) {
        firstTokenSum += record.firstTokenMs / 1_000;
        firstTokenCount += 1;
      }
    },
    text(snapshot, states, inFlight) {
      const lines: string[] = [];
      const family = (
        name: string,
        type: string,
        help: string,
        rows: Iterable<readonly [string, number]>,
      ): void => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
        for (const [labels, value] of rows)
          lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
      };
      family('sluice_requests_total', 'counter', 'Requests by how they ended and who answered.', requests);
      family('sluice_attempts_total', 'counter', 'Attempts on upstreams by outcome.', attempts);
      family('sluice_tokens_total', 'counter', 'Tokens used.', tokens);
      family('sluice_in_flight', 'gauge', 'Requests being served.', [['', inFlight]]);
      family('sluice_first_token_seconds_sum', 'counter', 'Seconds to the first token, summed.', [
        ['', firstTokenSum],
      ]);
      family('sluice_first_token_seconds_count', 'counter', 'Answers with a first token.', [
        ['', firstTokenCount],
      ]);
      const accounts = endpointStatuses(snapshot, states).flatMap((status) =>
        status.accounts.map(
          (account) =>
            [
              `endpoint="${label(status.id)}",account="${label(account.id)}",state="${account.state}"`,
              account.state === 'ready' ? 1 : 0,
            ] as const,
        ),
      );
      family('sluice_account_ready', 'gauge', '1 where the account can take a request now.', accounts);
      return `${lines.join('\n')}\n`;
    },
  };
}
