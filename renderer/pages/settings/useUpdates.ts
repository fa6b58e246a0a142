import { useMemo } from 'react';
import type { UpdateView } from '../../../main/contract/schemas/update.ts';
import { useShell } from '../../api/shell.ts';
import { useFollowed } from '../../components/useFollowed.ts';

/** How updates stand; undefined until it is known, and where there is no desktop. */
export function useUpdates(): UpdateView | undefined {
  const shell = useShell();
  const follow = useMemo(
    () => shell && ((signal: AbortSignal) => shell.updates.follow(undefined, { signal })),
    [shell],
  );
  return useFollowed(follow);
}
