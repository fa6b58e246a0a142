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

/** Endpoint -> value of the family's other label -> count. Labels are put together when somebody reads them, not with each request. */
type Family = Map<string, Map<string, number>>;

function bump(family: Family, endpoint: string, value: string, by: number): void {
  let counts = family.get(endpoint);
  if (!counts) {
    counts = new Map();
    family.set(endpoint, counts);
  }
  counts.set(value, (counts.get(value) ?? 0) + by);
}

const rowsOf = (family: Family, name: string): [string, number][] =>
  [...family].flatMap(([endpoint, counts]) =>
    [...counts].map(([value, count]): [string, number] => [
      `${name}="${value}",endpoint="${label(endpoint)}"`,
      count,
    ]),
  );

export function createMetrics(): Metrics {
  const requests: Family = new Map();
  const attempts: Family = new Map();
  const tokens: Family = new Map();
  let firstTokenSum = 0;
  let firstTokenCount = 0;

  return {
    add(record) {
      const endpoint = record.endpointId ?? '';
      bump(requests, endpoint, record.status, 1);
      for (const attempt of record.attempts) bump(attempts, attempt.endpointId, attempt.outcome, 1);
      bump(tokens, endpoint, 'input', record.tokens.input);
      bump(tokens, endpoint, 'output', record.tokens.output);
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
      family(
        'sluice_requests_total',
        'counter',
        'Requests by how they ended and who answered.',
        rowsOf(requests, 'status'),
      );
      family(
        'sluice_attempts_total',
        'counter',
        'Attempts on upstreams by outcome.',
        rowsOf(attempts, 'outcome'),
      );
      family('sluice_tokens_total', 'counter', 'Tokens used.', rowsOf(tokens, 'kind'));
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
