import { useMutation } from '@tanstack/react-query';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';

/** What can be done to one endpoint's place; null where it can't go further. */
export interface Moves {
  up: (() => void) | null;
  down: (() => void) | null;
}

/** Moves endpoints in the order they are tried. Every move gives each its own priority number. */
export function useReorder(endpoints: readonly EndpointView[]): (id: string) => Moves {
  const reorder = useMutation(useOperations().endpoints.reorder.mutationOptions());
  const ids = endpoints.map((endpoint) => endpoint.id);

  function swap(from: number, to: number): (() => void) | null {
    const [a, b] = [ids[from], ids[to]];
    if (a === undefined || b === undefined) return null;
    return () => {
      const next = [...ids];
      next[from] = b;
      next[to] = a;
      reorder.mutate({ ids: next });
    };
  }

  return (id) => {
    const index = ids.indexOf(id);
    return { up: swap(index, index - 1), down: swap(index, index + 1) };
  };
}
