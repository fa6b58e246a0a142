// Looks at the facts when something happened, and at most now and then; tells what is new while nobody looks at a window of ours.
import type { Clock } from '../../base/clock.ts';
import type { LiveBus } from '../../control/liveBus.ts';
import { type Notice, type NoticeFacts, type NoticeHistory, notificationsFor } from './notificationsFor.ts';

export interface NoticesDeps {
  liveBus: Pick<LiveBus, 'subscribe'>;
  facts: () => Promise<NoticeFacts>;
  /** False where they are switched off, or a window of ours is being looked at. */
  mayTell: () => boolean;
  tell: (notice: Notice) => void;
  onTrouble: (error: unknown) => void;
  clock: Pick<Clock, 'now'>;
  /** The least time between two looks. */
  restMs?: number;
}

export interface Notices {
  /** Something changed that no event of the gateway tells of. */
  look(): void;
  close(): void;
}

export function createNotices(deps: NoticesDeps): Notices {
  const { restMs = 10_000 } = deps;
  let before: NoticeFacts | null = null;
  let history: NoticeHistory = { told: new Map() };
  let timer: NodeJS.Timeout | null = null;
  let due = false;
  let closed = false;

  async function lookNow(): Promise<void> {
    try {
      const after = await deps.facts();
      const news = notificationsFor(before, after, history, deps.clock.now());
      before = after;
      // Whoever looks at the window sees it there.
      if (closed || !deps.mayTell()) return;
      history = news.history;
      for (const notice of news.notices) deps.tell(notice);
    } catch (error) {
      if (!closed) deps.onTrouble(error);
    }
  }

  function look(): void {
    if (closed) return;
    due = true;
    if (timer) return;
    due = false;
    timer = setTimeout(() => {
      timer = null;
      if (due) look();
    }, restMs);
    timer.unref();
    void lookNow();
  }

  const stop = deps.liveBus.subscribe(
    (event) => {
      if (event.name !== 'traffic' || event.second.requests > 0) look();
    },
    ['endpoints', 'traffic', 'clientKeys'],
  );
  look();
  return {
    look,
    close() {
      closed = true;
      stop();
      if (timer) clearTimeout(timer);
    },
  };
}
