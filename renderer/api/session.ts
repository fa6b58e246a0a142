// Everything that lives as long as one connection to one gateway: client, cache, live feed. No page outlives its session.
import { MutationCache, notifyManager, QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { createLiveEventHandler } from './applyLiveEvent.ts';
import { askAgain } from './askAgain.ts';
import type { ControlClient } from './controlClient.ts';
import { followTime } from './followTime.ts';
import { type LiveFeed, startLiveFeed } from './liveFeed.ts';
import { createOperations, type Operations } from './operations.ts';
import { runAction } from './runAction.ts';
import { createTrafficStore, type TrafficStore } from './trafficStore.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the caller shows the failure itself, e.g. at a form's fields. */
    mutationMeta: {
      quiet?: boolean;
      /** What the action removes, as people call it: it is said so, and can be taken back. */
      removes?: string;
    };
  }
}

export interface Session {
  client: ControlClient;
  queryClient: QueryClient;
  operations: Operations;
  traffic: TrafficStore;
  feed: LiveFeed;
  /** Forgets the token and goes back to the sign-in page; null where there is none (desktop). */
  signOut: (() => void) | null;
  close(): void;
}

interface SessionDeps {
  client: ControlClient;
  /** Told of a failed action nobody else shows. */
  onActionFailed(error: unknown): void;
  /** Something was removed; `restore` puts it back. */
  onRemoved(name: string, restore: () => void): void;
  signOut: (() => void) | null;
}

/** What to fetch again after an action, by the first part of its name. Events say the same, but an action must not wait for them. */
const touched: Record<string, readonly string[]> = {
  gateway: ['gateway'],
  endpoints: ['endpoints', 'models', 'gateway'],
  accounts: ['endpoints', 'models', 'gateway'],
  clientKeys: ['clientKeys'],
  removed: ['endpoints', 'clientKeys', 'models', 'gateway'],
  settings: ['settings', 'gateway'],
  vault: ['gateway', 'endpoints', 'clientKeys'],
};

function operationRoot(mutationKey: readonly unknown[] | undefined): string | null {
  const path = mutationKey?.[0];
  return Array.isArray(path) && typeof path[0] === 'string' ? path[0] : null;
}

/** What a removal answers, where it can be taken back. */
function undoOf(data: unknown): string | null {
  return data && typeof data === 'object' && 'undo' in data && typeof data.undo === 'string'
    ? data.undo
    : null;
}

export function createSession({ client, onActionFailed, onRemoved, signOut }: SessionDeps): Session {
  // By the next click a button must know that its action is under way.
  notifyManager.setScheduler(queueMicrotask);
  const queryClient = new QueryClient({
    defaultOptions: {
      // Facts are told by events, and that a minute is over by `followTime`: nothing else is asked for again.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: 1,
      },
      mutations: { networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onSuccess: (data, _input, _result, mutation) => {
        const undo = undoOf(data);
        if (undo && mutation.meta?.removes !== undefined)
          onRemoved(
            mutation.meta.removes,
            () =>
              void runAction(queryClient, operations.removed.restore.mutationOptions(), { undo }).catch(
                () => {},
              ),
          );
        const root = operationRoot(mutation.options.mutationKey);
        for (const part of root ? (touched[root] ?? []) : [])
          void queryClient.invalidateQueries({
            predicate: (query) => operationRoot(query.queryKey) === part,
          });
      },
      onError: (error, _input, _result, mutation) => {
        if (!mutation.meta?.quiet) onActionFailed(error);
      },
    }),
  });
  const operations = createOperations(client);
  const traffic = createTrafficStore();
  const events = createLiveEventHandler({ queryClient, operations, traffic });

  const feed = startLiveFeed(client, {
    onOpen(again) {
      void client.usage.live().then(traffic.seed, () => undefined);
      if (again) askAgain(queryClient);
    },
    onEvent: events.handle,
  });

  const stopFollowing = followTime({
    now: traffic.gatewayNow,
    page: document,
    onMinute: events.minutePassed,
  });

  return {
    client,
    queryClient,
    operations,
    traffic,
    feed,
    signOut,
    close() {
      feed.stop();
      stopFollowing();
      events.dispose();
      queryClient.clear();
    },
  };
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of a SessionProvider');
  return session;
}

/** Query and mutation options of every operation. */
export function useOperations(): Operations {
  return useSession().operations;
}
