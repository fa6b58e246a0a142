import { useSyncExternalStore } from 'react';
import { useSession } from './session.ts';

/** Whether the gateway can't be reached now: what it last said of itself need not hold. */
export function useAway(): boolean {
  const { feed } = useSession();
  return useSyncExternalStore(feed.subscribe, () => feed.state) === 'reconnecting';
}
