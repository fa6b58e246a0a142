import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

const isFirst = (query: Query) => query.state.data === undefined;

/**
 * Has what was fetched (below a key, or all) fetched anew. A first answer that is on its way may be older than the reason to ask:
 * invalidating alone would wait for it and take it for the new one.
 */
export function askAgain(queryClient: QueryClient, queryKey: QueryKey = []): void {
  void queryClient
    .cancelQueries({ queryKey, predicate: isFirst })
    .then(() => queryClient.invalidateQueries({ queryKey }));
}
