import { createHash } from 'node:crypto';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createRequestIds } from './base/ids.ts';
import { createLog, type Log } from './base/log.ts';
import { createRedactor, type Redactor } from './base/redact.ts';
import { environmentProxy } from './base/systemProxy.ts';
import type { Settings } from './contract/schemas/settings.ts';
import { adminTokenOf } from './control/adminToken.ts';
import { createConfigControl } from './control/applyConfig.ts';
import { createGraceEnds } from './control/graceEnds.ts';
import { createLiveBus, type LiveBus } from './control/liveBus.ts';
import { createModelRefresh } from './control/modelRefresh.ts';
import { createOrigins } from './control/origins.ts';
import { createProblems } from './control/problems.ts';
import { type ControlRouter, createControlRouter } from './control/router.ts';
import { createTraffic } from './control/traffic.ts';
import type { GatewayDeps } from './gateway/deps.ts';
import { createInFlight } from './gateway/inFlight.ts';
import { createMemories } from './gateway/memories.ts';
import { createMetrics } from './gateway/metrics.ts';
import { createTrials } from './gateway/trial/createTrials.ts';
import { createAccountHealth } from './guards/accountHealth.ts';
import { createLedger } from './guards/ledger.ts';
import { createSharedLedger } from './guards/sharedLedger.ts';
import { createSpending } from './guards/spending.ts';
import { createUplink, type Uplink } from './guards/uplink.ts';
import { createTokenCounter } from './metering/createTokenCounter.ts';
import { priceOf } from './metering/priceOf.ts';
import type { Platform } from './platform.ts';
import { changedAccounts } from './registry/changedAccounts.ts';
import { createModelFacts } from './registry/modelFacts.ts';
import { createModelLists } from './registry/modelLists.ts';
import { createAffinity } from './routing/affinity.ts';
import { createPreviewRoute } from './routing/previewRoute.ts';
import { buildServer } from './server/buildServer.ts';
import type { ServerContext } from './server/context.ts';
import { createLifecycle, type ServerLifecycle } from './server/createLifecycle.ts';
import { createAuthenticateAdmin } from './server/hooks/authenticateAdmin.ts';
import { type DataDirLock, lockDataDir } from './store/dataDirLock.ts';
import { createKeytarVault } from './store/keytarVault.ts';
import { shareCounts } from './store/redis/shareCounts.ts';
import { createRuntimeNotice } from './store/runtimeNotice.ts';
import { spendingFile } from './store/spendingFile.ts';
import { createUsageStore } from './store/usage/createUsageStore.ts';
import { createVaultHolder } from './store/vaultHolder.ts';
import { createProbe } from './upstream/createProbe.ts';
import { createReach } from './upstream/createReach.ts';
import { isDemo, sendToDemo } from './upstream/demo.ts';
import { isAccountOf } from './upstream/ondemand/accountAccess.ts';
import { createOndemandLink } from './upstream/ondemand/createOndemandLink.ts';
import { outboundProxy } from './upstream/outboundProxy.ts';
import { createQuirks } from './upstream/quirks.ts';
import { createTransport, type UpstreamRequest } from './upstream/transport.ts';
import { unsupportedUse } from './upstream/unsupportedUse.ts';
import { createUpstreamLink } from './upstream/upstreamLink.ts';

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

const minuteMs = 60_000;

/**
 * How far the heap may grow before it is collected whole, in percent of what lives in it: what V8 itself grants a busy heap.
 * Bodies count as heap here while nothing else is allocated beside them; left alone, V8 takes its smallest step then and
 * collects after every second image of 5 MB, which costs more than all else that is done with it.
 */
const heapGrowthPercent = 300;

/** The parts log and redact through one pair, made before anything that could hold a secret. */
interface Foundation {
  readonly redactor: Redactor;
  readonly log: Log;
}

/** Starts everything but the listening: `lifecycle.start()` does that. Throws SettingsInvalidError, VaultError or DataDirInUseError. */
export async function createCore(platform: Platform): Promise<Core> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  const redactor = createRedactor();
  const log = createLog({
    level: platform.log.level,
    sink: platform.log.sink,
    redactor,
    now: platform.clock.now,
  });
  const lock = await lockDataDir(platform.dataDir, platform.shell);
  try {
    return await compose(platform, { redactor, log }, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function compose(platform: Platform, { redactor, log }: Foundation, lock: DataDirLock): Promise<Core> {
  const { clock, dataDir, rendererDir } = platform;
  if (platform.adminToken !== null) redactor.add(platform.adminToken);

  // The control plane's ears: who is told of what.
  const liveBus = createLiveBus({ log });
  const statusChanged = (): void => liveBus.publish({ name: 'status' });
  const problems = createProblems({ now: clock.now, onChange: statusChanged });
  const origins = createOrigins({ problems });

  // Secrets and settings, compiled into the first snapshot.
  const vault = await createVaultHolder({
    shell: platform.shell,
    choice: platform.vault.choice,
    passphrase: platform.vault.passphrase,
    dataDir,
    keychain: createKeytarVault({
      monotonic: clock.monotonic,
      ...(platform.startChild ? { startChild: platform.startChild } : {}),
    }),
    log,
    now: clock.now,
  });
  const config = await createConfigControl({ platform, vault, log, redactor, problems, liveBus });
  const { snapshots } = config;
  const graceEnds = createGraceEnds({ config, vault, problems, clock, log });
  const settings = (): Settings => snapshots.current.settings;
  const connectMs = (): number => settings().timeouts.connectMs;
  const file = spendingFile(dataDir, log);
  const spending = createSpending({ clock, snapshots, file, onChange: statusChanged });

  // Usage, and the counts an earlier process left.
  const usage = await createUsageStore({
    file: path.join(dataDir, 'usage.db'),
    retentionDays: settings().usage.retentionDays,
    maxDatabaseMB: settings().usage.maxDatabaseMB,
    timeZone: settings().usage.quotaTimeZone,
    clock,
    onTrouble: problems.follow('usage', 'usage-store'),
  });
  const ownCounts = createLedger({ clock, sink: usage, timeZone: settings().usage.quotaTimeZone });
  const shared = await shareCounts(platform.redisUrl, {
    clock,
    log,
    learnSecret: redactor.add,
    timeZone: () => settings().usage.quotaTimeZone,
    onTrouble: problems.follow('redis', 'limits-not-shared'),
  });
  const ledger = shared ? createSharedLedger(ownCounts, shared) : ownCounts;
  ledger.restore(await usage.restore(ledger.today().day, clock.now() - minuteMs));

  // The data plane.
  const uplink = createUplink({
    clock,
    offline: problems.follow('offline', 'offline'),
    onRenew() {
      transport.refresh();
      modelRefresh.fill(snapshots.current);
      liveBus.publish({ name: 'endpoints' });
    },
  });
  const health = createAccountHealth({
    clock,
    ledger,
    uplink,
    random: Math.random,
    onChange: () => liveBus.publish({ name: 'endpoints' }),
    onClear: (accountKey) => ondemand.forgive(accountKey),
  });
  const modelLists = createModelLists();
  const findFacts = createModelFacts(clock);
  const modelFacts = (model: string) => findFacts(model, settings().usage.modelOverrides);
  const traffic = createTraffic({ clock, liveBus });
  const metrics = createMetrics();
  const tokenCounter = createTokenCounter();
  const system = platform.systemProxy ?? environmentProxy(platform.env);
  const transport = createTransport((url, own) =>
    outboundProxy(url, own, snapshots.current.networkProxy, system),
  );
  const send = (request: UpstreamRequest) =>
    isDemo(request.url) ? sendToDemo(request, clock.now()) : transport.send(request);
  const ondemand = createOndemandLink({
    send,
    clock,
    log,
    store: vault,
    isKept: (account) => isAccountOf(snapshots.current, account),
    learnSecret: redactor.add,
    retryDelayMs: () => settings().routing.retryDelayMs,
  });
  const link = createUpstreamLink({ send, sessions: { ondemand } });
  const turns = new Map<string, number>();
  const gateway: GatewayDeps = {
    clock,
    log,
    redact: redactor.redact,
    snapshots,
    modelLists,
    ledger,
    health,
    uplink,
    spending,
    affinity: createAffinity(clock),
    quirks: createQuirks(),
    memories: createMemories(),
    send,
    link,
    tokenCounter,
    modelFacts,
    priceOf,
    traffic,
    inFlight: createInFlight(),
    record(record) {
      usage.add(record);
      metrics.add(record);
      liveBus.publish({ name: 'records', records: [record] });
    },
    bodies: usage.addBodies,
    random: Math.random,
    nextTurn(model) {
      const turn = turns.get(model) ?? 0;
      turns.set(model, turn + 1);
      return turn;
    },
  };

  const probe = createProbe({ link, clock, redactor, connectMs });
  const modelRefresh = createModelRefresh({
    probe,
    modelLists,
    log,
    monotonic: clock.monotonic,
    current: () => snapshots.current,
    held: () => uplink.held,
    onLearned: () => liveBus.publish({ name: 'endpoints' }),
  });

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
    modelFacts: findFacts,
    previewRoute: createPreviewRoute({
      ledger,
      health,
      spending,
      modelLists,
      unsupported: ({ kind }, use) => unsupportedUse(kind, use),
      comingTurn: (model) => turns.get(model) ?? 0,
    }),
    runTrial: createTrials(gateway, context.requestId),
    usage,
    probe,
    reach: createReach({ send, system, redactor, connectMs, monotonic: clock.monotonic }),
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
      for (const part of [modelRefresh, graceEnds, spending]) part.close();
      await config.close();
      vault.close();
      traffic.close();
      await usage.close();
      await Promise.all([tokenCounter.close(), transport.close(), shared?.close()]);
      await lock.release();
    },
  };
}
