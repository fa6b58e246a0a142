import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { withNames } from '../views/usageNames.ts';

export function usageHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    summary: os.usage.summary.handler(async ({ input }) => {
      const timeZone = deps.config.settings.usage.quotaTimeZone;
      const summary = await deps.usage.summary({ span: input.span, now: deps.clock.now(), timeZone });
      return withNames(summary, deps.snapshots.current, deps.formerNames.list());
    }),
    series: os.usage.series.handler(({ input }) =>
      deps.usage.series({ span: input.span, now: deps.clock.now() }),
    ),
    heatMap: os.usage.heatMap.handler(() => deps.usage.heatMap({ now: deps.clock.now() })),
    names: os.usage.names.handler(() => deps.formerNames.list()),
    store: os.usage.store.handler(() => deps.usage.facts()),
    clear: os.usage.clear.handler(async () => {
      const facts = await deps.usage.clear();
      deps.formerNames.forget();
      deps.log.warn('all records were deleted');
      deps.liveBus.publish({ name: 'usage' });
      return facts;
    }),
    live: os.usage.live.handler(() => deps.traffic.lastMinute()),
  };
}
