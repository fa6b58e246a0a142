import { skipToken, useQuery } from '@tanstack/react-query';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useOperations, useSession } from '../../api/session.ts';
import { useNow } from '../../format/useNow.ts';
import { type Connection, connectionOf, modelsFor } from './connection.ts';
import { heldSecrets } from './heldSecrets.ts';

/** How far the client of a key has come, live; `key` undefined while it is not known. Also how many models it has. */
export function useConnection(key: ClientKeyView | null | undefined): {
  connection: Connection | null;
  models: number;
  /** Unix ms of the latest request, 0 where there is none. */
  latest: number;
} {
  const session = useSession();
  const operations = useOperations();
  const now = useNow(10_000);
  const input = key ? { clientKeyId: key.id, limit: 20 } : skipToken;
  const records = useQuery(operations.records.list.queryOptions({ input })).data?.records;
  const models = useQuery(operations.models.list.queryOptions()).data ?? [];
  const after = key ? (heldSecrets(session).get(key.id)?.after ?? 0) : 0;
  const known = key === null || (key !== undefined && records !== undefined);
  return {
    connection: known ? connectionOf(key, records ?? [], after, now) : null,
    models: modelsFor(key ?? null, models).length,
    latest: records?.[0]?.time ?? 0,
  };
}
