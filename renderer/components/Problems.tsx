import { useQuery } from '@tanstack/react-query';
import type { EndpointView, GatewayStatus } from '../../main/contract/schemas/views.ts';
import { useOperations } from '../api/session.ts';
import { AccountTrouble } from './AccountTrouble.tsx';
import { accountTone } from './accountTone.ts';
import { GatewayProblem } from './GatewayProblem.tsx';
import classes from './Problems.module.css';
import { problemsToTell } from './problemsToTell.ts';

/** Accounts that wait for a hand, with their endpoints. */
function troubled(endpoints: readonly EndpointView[]) {
  return endpoints
    .filter((endpoint) => endpoint.enabled)
    .flatMap((endpoint) =>
      endpoint.accounts
        .filter((account) => account.enabled && accountTone[account.state] === 'bad')
        .map((account) => ({ endpoint, account })),
    );
}

/** Everything that wants mending, each with its mend beside it. Nothing where nothing does. */
export function Problems({ status }: { status: GatewayStatus | undefined }) {
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data ?? [];
  const accounts = troubled(endpoints);
  const problems = problemsToTell(status?.problems ?? [], endpoints);
  if (problems.length + accounts.length === 0) return null;
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <GatewayProblem key={problem.id} problem={problem} />
      ))}
      {accounts.map(({ endpoint, account }) => (
        <AccountTrouble key={`${endpoint.id}/${account.id}`} endpoint={endpoint} account={account} />
      ))}
    </ul>
  );
}
