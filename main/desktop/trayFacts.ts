// Keeps what the tray's menu shows of the configuration and of today up to date. It asks through the same operations as a window.
import type { Log } from '../base/log.ts';
import type { ControlClient } from '../control/router.ts';
import type { Core } from '../core.ts';
import type { TrayFacts } from './trayState.ts';

export interface TrayFactsDeps {
  core: Pick<Core, 'liveBus' | 'settings'>;
  client: Pick<ControlClient, 'endpoints' | 'usage'>;
  show: (change: Partial<TrayFacts>) => void;
  log: Log;
}

/** A menu is looked at now and then; what changes with each request waits longer than what somebody did. */
const endpointsMs = 1_000;
const todayMs = 10_000;
/** Midnight passes without an event. */
const anewMs = 600_000;

/** Works at once, then at most once in `ms`; a wish in between is granted at the end of it. */
function paced(ms: number, work: () => Promise<void>): { ask: () => void; end: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let wanted = false;
  const run = (): void => {
    wanted = false;
    timer = setTimeout(() => {
      timer = null;
      if (wanted) run();
    }, ms);
    timer.unref();
    void work();
  };
  return {
    ask() {
      if (timer) wanted = true;
      else run();
    },
    end() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** Returns what ends it. */
export function followTrayFacts({ core, client, show, log }: TrayFactsDeps): () => void {
  let ended = false;
  const kept = (work: () => Promise<Partial<TrayFacts>>) => async (): Promise<void> => {
    try {
      const change = await work();
      if (!ended) show(change);
    } catch (error) {
      if (!ended) log.warn('the tray could not be brought up to date', { error: String(error) });
    }
  };
  const endpoints = paced(
    endpointsMs,
    kept(async () => ({
      endpoints: (await client.endpoints.list()).map(({ id, name, enabled, health }) => ({
        id,
        name,
        enabled,
        health,
      })),
    })),
  );
  const today = paced(
    todayMs,
    kept(async () => {
      const { requests, inputTokens, outputTokens, costUsd } = (await client.usage.summary({ span: '60s' }))
        .today;
      return { today: { requests, inputTokens, outputTokens, costUsd } };
    }),
  );
  const strategy = (): void => show({ strategy: core.settings().routing.strategy });

  const stop = [
    core.liveBus.subscribe(endpoints.ask, ['endpoints', 'settings']),
    core.liveBus.subscribe(strategy, ['settings']),
    core.liveBus.subscribe(today.ask, ['records', 'settings']),
  ];
  const anew = setInterval(today.ask, anewMs);
  anew.unref();
  strategy();
  endpoints.ask();
  today.ask();

  return () => {
    ended = true;
    for (const leave of stop) leave();
    clearInterval(anew);
    endpoints.end();
    today.end();
  };
}
