import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';

/** An action whose caller may be gone before it is answered: failures are told and data fetched again as with `useMutation`. */
export function runAction<Data, Problem, Input, Kept>(
  queryClient: QueryClient,
  options: UseMutationOptions<Data, Problem, Input, Kept>,
  input: Input,
): Promise<Data> {
  return queryClient.getMutationCache().build(queryClient, options).execute(input);
}
