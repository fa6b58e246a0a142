import { useMutation } from '@tanstack/react-query';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { useSession } from '../../api/session.ts';
import { movedOrder, type Order, separated } from './movedOrder.ts';

export interface Reorder {
  /** Puts one at a place, counted from 0. */
  move(id: string, to: number): void;
  /** Takes one out of the priority it shares with the one above. */
  separate(id: string): void;
}

function inOrder(endpoints: readonly EndpointView[], { ids, shared }: Order): EndpointView[] {
  let priority = -1;
  return ids.flatMap((id) => {
    const endpoint = endpoints.find((one) => one.id === id);
    if (!endpoint) return [];
    if (priority < 0 || !shared.includes(id)) priority += 1;
    return [{ ...endpoint, priority }];
  });
}

/** Changes the order endpoints are tried in. The page shows it at once and takes it back where the gateway refuses. */
export function useReorder(endpoints: readonly EndpointView[]): Reorder {
  const { queryClient, operations } = useSession();
  const { queryKey } = operations.endpoints.list.queryOptions();
  const reorder = useMutation(
    operations.endpoints.reorder.mutationOptions({
      async onMutate({ ids, shared = [] }) {
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData(queryKey);
        if (before) queryClient.setQueryData(queryKey, inOrder(before, { ids, shared }));
        return { before };
      },
      onError(_error, _input, context) {
        if (context?.before) queryClient.setQueryData(queryKey, context.before);
      },
      onSuccess: (views) => queryClient.setQueryData(queryKey, views),
    }),
  );
  return {
    move: (id, to) => reorder.mutate(movedOrder(endpoints, id, to)),
    separate: (id) => reorder.mutate(separated(endpoints, id)),
  };
}
