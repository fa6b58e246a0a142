import { useMutation, useQuery } from '@tanstack/react-query';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations, useSession } from '../../api/session.ts';
import { heldSecrets } from './heldSecrets.ts';

type Step = { do: 'make' } | { do: 'replace'; after: number; graceMinutes: number };

/** A client's own key: found by its name, made once. */
export function useClientKey(name: string): {
  /** undefined until the keys are known. */
  key: ClientKeyView | null | undefined;
  /** The secret, where this session has seen it. */
  secret: string | null;
  busy: boolean;
  /** Makes the key unless it is there already; `then` is given its secret. */
  make(then: (secret: string) => void): void;
  /** A new secret for the key, the present one good for `graceMinutes` more; requests up to `after` no longer count. */
  replace(after: number, graceMinutes: number, then: (secret: string) => void): void;
} {
  const session = useSession();
  const { clientKeys } = useOperations();
  const { client, queryClient } = session;
  const held = heldSecrets(session);
  const options = clientKeys.list.queryOptions();
  const list = useQuery(options).data;
  const named = (keys: readonly ClientKeyView[]) => keys.find((key) => key.name === name) ?? null;
  const key = list ? named(list) : undefined;
  const known = key ? held.get(key.id)?.secret : undefined;
  // Another window may have replaced it: its last characters are told of every key.
  const current = known !== undefined && key?.secret.mask?.endsWith(known.slice(-4));

  const issue = useMutation({
    gcTime: 0,
    mutationFn: async (step: Step) => {
      // Another window may have made it meanwhile.
      const found = named(await queryClient.fetchQuery({ ...options, staleTime: 0 }));
      let issued: { key: ClientKeyView; secret: string } | null = null;
      if (!found) issued = await client.clientKeys.create({ name });
      else if (step.do === 'replace')
        issued = await client.clientKeys.rotate({ id: found.id, graceMinutes: step.graceMinutes });
      else if (found.unseen) issued = await client.clientKeys.claim({ id: found.id });
      if (!issued) return null;
      held.set(issued.key.id, { secret: issued.secret, after: step.do === 'replace' ? step.after : 0 });
      await queryClient.invalidateQueries({ queryKey: clientKeys.list.key() });
      return issued.secret;
    },
  });
  const run = (step: Step, then: (secret: string) => void) =>
    issue.mutate(step, { onSuccess: (secret) => secret !== null && then(secret) });

  return {
    key,
    secret: current ? known : null,
    busy: issue.isPending,
    make: (then) => run({ do: 'make' }, then),
    replace: (after, graceMinutes, then) => run({ do: 'replace', after, graceMinutes }, then),
  };
}
