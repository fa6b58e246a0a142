// Learns the model lists of endpoints that name no models of their own: at the start, after edits, and once an hour.
import type { Log } from '../base/log.ts';
import type { ModelListing } from '../contract/modelListing.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import type { CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';
import type { Probe } from '../upstream/probe.ts';
import type { UpstreamError } from '../upstream/upstreamError.ts';

export interface ModelRefresh {
  /** Asks in the background wherever a list is missing; what an endpoint once answered is kept when it fails later. */
  fill(snapshot: Snapshot): void;
  close(): void;
}

const hourMs = 3_600_000;
const retryMs = 60_000;

/** The list belongs to this address and this key: another one may see other models. */
function identity(endpoint: CompiledEndpoint): string {
  const first = endpoint.accounts.find((account) => account.enabled);
  return `${endpoint.kind} ${endpoint.baseUrl} ${first?.key ?? ''} ${first?.credential.state ?? ''}`;
}

export function createModelRefresh(deps: {
  probe: Probe;
  modelLists: ModelLists;
  log: Log;
  monotonic: () => number;
  current: () => Snapshot;
  /** Nothing is to be asked now: the machine sleeps, or is offline. */
  held: () => boolean;
  onLearned: () => void;
}): ModelRefresh {
  const asked = new Map<string, { identity: string; again: number }>();
  const controller = new AbortController();

  /** What the first account gets to see; one that is not let to the list leaves it to the next. */
  async function listOf(endpoint: CompiledEndpoint): Promise<readonly ModelListing[] | null> {
    const accounts = endpoint.accounts.filter(
      ({ enabled, credential }) => enabled && (credential.state === 'ready' || credential.state === 'none'),
    );
    for (const [at, account] of accounts.entries()) {
      try {
        return await deps.probe.listModels(endpoint, account, controller.signal);
      } catch (error) {
        const refused = (error as UpstreamError).status === 401 || (error as UpstreamError).status === 403;
        if (!refused || at === accounts.length - 1) throw error;
      }
    }
    return null;
  }

  /** Meanwhile it may be gone, or another: the answer says nothing of that. */
  function isStill(endpoint: CompiledEndpoint): boolean {
    const now = deps.current().endpoints.find(({ id }) => id === endpoint.id);
    return now !== undefined && identity(now) === identity(endpoint);
  }

  async function ask(endpoint: CompiledEndpoint): Promise<void> {
    try {
      const listings = await listOf(endpoint);
      if (!listings || !isStill(endpoint)) return;
      deps.modelLists.set(endpoint.id, listings);
      asked.set(endpoint.id, { identity: identity(endpoint), again: deps.monotonic() + hourMs });
      deps.onLearned();
    } catch (error) {
      if (controller.signal.aborted) return;
      deps.log.warn('an endpoint does not give its model list', {
        endpoint: endpoint.id,
        error: (error as Error).message,
      });
    }
  }

  function fill(snapshot: Snapshot): void {
    if (deps.held()) return;
    const now = deps.monotonic();
    for (const endpoint of snapshot.endpoints) {
      if (!endpoint.enabled || endpoint.models.size > 0) continue;
      const known = asked.get(endpoint.id);
      const same = known?.identity === identity(endpoint);
      // Who was removed lost its list, and is asked again when it comes back.
      const answered = deps.modelLists.get(endpoint.id) !== null;
      if (same && now < known.again && (answered || known.again - now <= retryMs)) continue;
      if (known && !same) deps.modelLists.forget(endpoint.id);
      asked.set(endpoint.id, { identity: identity(endpoint), again: now + retryMs });
      void ask(endpoint);
    }
  }

  const timer = setInterval(() => fill(deps.current()), retryMs);
  timer.unref();
  return {
    fill,
    close() {
      clearInterval(timer);
      controller.abort();
    },
  };
}
