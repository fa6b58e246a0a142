import { useQuery } from '@tanstack/react-query';
import type { RecordBodies } from '../../../../main/contract/schemas/bodies.ts';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { useOperations } from '../../../api/session.ts';

/** Bodies are written down a moment after their record is told. */
const writtenWithinMs = 4_000;
const askAgainMs = 500;

interface Bodies {
  /** Null where none were kept, and until it is known. */
  bodies: RecordBodies | null;
  isLoading: boolean;
  /** Whether bodies of new requests are kept. */
  isKeeping: boolean;
}

export function useBodies(record: RequestRecord): Bodies {
  const { records, settings } = useOperations();
  const isKeeping = useQuery(settings.get.queryOptions()).data?.usage.recordBodies ?? false;
  const kept = useQuery({
    ...records.body.queryOptions({ input: { id: record.id } }),
    refetchInterval: ({ state }) => {
      const isFresh = Date.now() - (record.time + record.totalMs) < writtenWithinMs;
      return state.data === null && isKeeping && isFresh ? askAgainMs : false;
    },
  });
  return { bodies: kept.data ?? null, isLoading: kept.isPending, isKeeping };
}
