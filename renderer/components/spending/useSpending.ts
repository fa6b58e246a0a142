import { useMutation, useQuery } from '@tanstack/react-query';
import { normalSpending } from '../../../main/contract/normalSpending.ts';
import { useOperations } from '../../api/session.ts';

/** The spending mode in force, null until it is known, and the way into another. */
export function useSpending() {
  const { gateway } = useOperations();
  const spending = useQuery(gateway.status.queryOptions()).data?.spending ?? null;
  const change = useMutation(gateway.setSpending.mutationOptions());
  return {
    spending,
    pending: change.isPending,
    set: change.mutate,
    toNormal: () => change.mutate(normalSpending),
  };
}
