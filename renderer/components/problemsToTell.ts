// Decides which of the gateway's problems are told beside the endpoints, which tell of their accounts themselves. Pure.
import type { EndpointView, Problem } from '../../main/contract/schemas/views.ts';

/** An account whose secret is gone says so in its own place: what is left of that problem are the client keys. */
export function problemsToTell(
  problems: readonly Problem[],
  endpoints: readonly EndpointView[],
): readonly Problem[] {
  const told = new Set(
    endpoints.flatMap(({ id, accounts }) => accounts.map((account) => `${id}/${account.id}`)),
  );
  return problems.flatMap((problem) => {
    if (problem.code !== 'secret-missing') return [problem];
    const names = (problem.details.names ?? '').split(', ').filter((name) => !told.has(name));
    return names.length === 0
      ? []
      : [{ ...problem, details: { ...problem.details, names: names.join(', ') } }];
  });
}
