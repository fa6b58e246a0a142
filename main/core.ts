import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { createRequestIds } from './base/ids.ts';
import type { Settings } from './contract/schemas/settings.ts';
import { adminTokenOf } from './control/adminToken.ts';
import type { LiveBus } from './control/liveBus.ts';
import { createOrigins } from './control/origins.ts';
import { type ControlRouter, createControlRouter } from './control/router.ts';
import { createDataPlane } from './core/createDataPlane.ts';
import { createFoundation, type Foundation } from './core/foundation.ts';
import { openStores } from './core/openStores.ts';
import { createTrials } from './gateway/trial/createTrials.ts';
import type { Uplink } from './guards/uplink.ts';
import type { Platform } from './platform.ts';
import { changedAccounts } from './registry/changedAccounts.ts';
import { createPreviewRoute } from './routing/previewRoute.ts';
import { buildServer } from './server/buildServer.ts';
import type { ServerContext } from './server/context.ts';
import { createLifecycle, type ServerLifecycle } from './server/createLifecycle.ts';
import { createAuthenticateAdmin } from './server/hooks/authenticateAdmin.ts';
import { type DataDirLock, lockDataDir } from './store/dataDirLock.ts';
import { createRuntimeNotice } from './store/runtimeNotice.ts';
import { unsupportedUse } from './upstream/unsupportedUse.ts';

/** The running program behind either shell. */
export interface Core {
  /** Every operation of the contract, for whatever carrier the shell has. */
  readonly router: ControlRouter;
  readonly lifecycle: ServerLifecycle;
  readonly liveBus: LiveBus;
  settings(): Settings;
  /** Takes every known secret out of a text. */
  redact(text: string): string;
  /** To be told of sleep and networks, where the shell hears of them. */
  readonly uplink: Uplink;
  /** Writes down every request answered so far. */
  flush(): Promise<void>;
  /** Stops the gateway (draining), writes everything down, closes the files. */
  close(options?: { drainMs?: number }): Promise<void>;
}

/**
 * How far the heap may grow before it is collected whole, in percent of what lives in it: what V8 itself grants a busy heap.
 * Bodies count as heap here while nothing else is allocated beside them; left alone, V8 takes its smallest step then and
 * collects after every second image of 5 MB, which costs more than all else that is done with it.
 */
const heapGrowthPercent = 300;

/** Starts everything but the listening: `lifecycle.start()` does that. Throws SettingsInvalidError, VaultError or DataDirInUseError. */
export async function createCore(platform: Platform): Promise<Core> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  // V8 would take what outlives a few collections at first, as all parts of streams do, for old from birth; dead, it keeps the young alive.
  setFlagsFromString('--no-allocation-site-pretenuring');
  const foundation = createFoundation(platform);
  const lock = await lockDataDir(platform.dataDir, platform.shell);
  try {
    return await compose(platform, foundation, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function compose(platform: Platform, foundation: Foundation, lock: DataDirLock): Promise<Core> {
  const { clock, rendererDir } = platform;
  const { redactor, log, liveBus, problems, statusChanged } = foundation;
  const origins = createOrigins({ problems });
  const stores = await openStores(platform, foundation);
  const { vault, config, snapshots, spending, usage, ledger } = stores;
  const settings = (): Settings => snapshots.current.settings;
  const plane = createDataPlane(platform, foundation, stores);
  const { gateway, health, modelLists, modelRefresh, traffic, metrics, ondemand, uplink } = plane;

  // The server and its switch.
  const adminToken = await adminTokenOf(platform, vault);
  redactor.add(adminToken);
  const adminTokenHash = createHash('sha256').update(adminToken).digest('hex');
  const authenticateAdmin = createAuthenticateAdmin({ adminTokenHash: () => adminTokenHash, clock });
  const context: ServerContext = {
    gateway,
    accountStates: health,
    log,
    version: platform.version,
    requestId: createRequestIds(clock.now),
    closedReason: () => lifecycle.closedReason(),
    onUnknownOrigin: origins.seen,
  };
  const lifecycle: ServerLifecycle = createLifecycle({
    shell: platform.shell,
    version: platform.version,
    clock,
    log,
    problems,
    vaultStatus: vault.status,
    spending: spending.current,
    address: () => ({
      host: platform.overrides.host ?? settings().server.host,
      port: platform.overrides.port ?? settings().server.port,
    }),
    mayMove: platform.overrides.port === null,
    build: (listenHost) =>
      buildServer({ context, listenHost, metrics, router, authenticateAdmin, rendererDir }),
    inFlight: gateway.inFlight,
    ...createRuntimeNotice(platform, log),
    onChange: statusChanged,
  });
  const router: ControlRouter = createControlRouter({
    platform,
    clock,
    log,
    redactor,
    config,
    vault,
    snapshots,
    accountStates: health,
    modelLists,
    modelFacts: plane.findFacts,
    previewRoute: createPreviewRoute({
      ledger,
      health,
      spending,
      modelLists,
      unsupported: ({ kind }, use) => unsupportedUse(kind, use),
      comingTurn: plane.comingTurn,
    }),
    runTrial: createTrials(gateway, context.requestId),
    usage,
    formerNames: stores.formerNames,
    probe: plane.probe,
    reach: plane.reach,
    lifecycle,
    spending,
    liveBus,
    traffic,
    problems,
    origins,
  });

  // What follows from a new configuration, beyond what reads the snapshot anyway.
  const stopFollowing = snapshots.onSwap((next, before) => {
    for (const key of changedAccounts(before, next)) health.clear(key);
    ondemand.follow(before, next);
    origins.allowed(next.settings.server.allowedOrigins);
    const { retentionDays, maxDatabaseMB, quotaTimeZone } = next.settings.usage;
    usage.configure({ retentionDays, maxDatabaseMB, timeZone: quotaTimeZone });
    ledger.setTimeZone(quotaTimeZone);
    modelRefresh.fill(next);
    void lifecycle.follow();
  });
  modelRefresh.fill(snapshots.current);

  async function flush(): Promise<void> {
    await gateway.inFlight.counted();
    await usage.flush();
  }

  return {
    router,
    lifecycle,
    liveBus,
    settings,
    redact: redactor.redact,
    uplink,
    flush,
    async close(options) {
      await lifecycle.close(options);
      await flush();
      stopFollowing();
      await plane.close();
      await stores.close();
      await lock.release();
    },
  };
}
