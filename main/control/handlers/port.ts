import type { PortMove } from '../../contract/schemas/portMove.ts';
import { testAgent } from '../../contract/testAgent.ts';
import { UnavailableError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

/** Programs that were not seen for so long are not told of. */
const recentMs = 30 * 24 * 3_600_000;

export function portHandlers(os: ControlImplementer, deps: ControlDeps) {
  /** User agents that know the old address, latest first. */
  async function knowing(): Promise<string[]> {
    const since = deps.clock.now() - recentMs;
    const rows = await deps.usage.clientKeyActivity().catch(() => []);
    const seen = rows.flatMap(({ agents }) => agents);
    const recent = seen.filter(({ lastUsedAt }) => lastUsedAt >= since);
    recent.sort((a, b) => b.lastUsedAt - a.lastUsedAt);
    return [...new Set(recent.map(({ userAgent }) => userAgent))].filter((agent) => agent !== testAgent);
  }

  return {
    moveToPort: os.gateway.moveToPort.handler(async ({ input }): Promise<PortMove> => {
      if (deps.platform.overrides.port !== null)
        throw new UnavailableError(
          'The port was given when Sluice was started (--port, SLUICE_PORT or PORT); change it there.',
        );
      await deps.config.edit((draft) => {
        draft.server.port = input.port;
      });
      // What follows from the new setting is on its way already; this waits for it.
      return { status: await deps.lifecycle.start(), userAgents: await knowing() };
    }),
  };
}
