// Everything a request meets between its arrival and its record, on top of what is kept.
import { environmentProxy } from '../base/systemProxy.ts';
import { createModelRefresh } from '../control/modelRefresh.ts';
import { createTraffic } from '../control/traffic.ts';
import type { GatewayDeps } from '../gateway/deps.ts';
import { createInFlight } from '../gateway/inFlight.ts';
import { createMemories } from '../gateway/memories.ts';
import { createMetrics } from '../gateway/metrics.ts';
import { createAccountHealth } from '../guards/accountHealth.ts';
import { createUplink } from '../guards/uplink.ts';
import { createTokenCounter } from '../metering/createTokenCounter.ts';
import { priceOf } from '../metering/priceOf.ts';
import type { Platform } from '../platform.ts';
import { createModelFacts } from '../registry/modelFacts.ts';
import { createModelLists } from '../registry/modelLists.ts';
import { createAffinity } from '../routing/affinity.ts';
import { createProbe } from '../upstream/createProbe.ts';
import { createReach } from '../upstream/createReach.ts';
import { isDemo, sendToDemo } from '../upstream/demo.ts';
import { isAccountOf } from '../upstream/ondemand/accountAccess.ts';
import { createOndemandLink } from '../upstream/ondemand/createOndemandLink.ts';
import { outboundProxy } from '../upstream/outboundProxy.ts';
import { createQuirks } from '../upstream/quirks.ts';
import { createTransport, type UpstreamRequest } from '../upstream/transport.ts';
import { createUpstreamLink } from '../upstream/upstreamLink.ts';
import type { Foundation } from './foundation.ts';
import type { Stores } from './openStores.ts';

/** How requests leave this machine. */
function createWayOut(platform: Platform, { redactor, log }: Foundation, { snapshots, vault }: Stores) {
  const { clock } = platform;
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
    retryDelayMs: () => snapshots.current.settings.routing.retryDelayMs,
  });
  const link = createUpstreamLink({ send, sessions: { ondemand } });
  const connectMs = (): number => snapshots.current.settings.timeouts.connectMs;
  const probe = createProbe({ link, clock, redactor, connectMs });
  const reach = createReach({ send, system, redactor, connectMs, monotonic: clock.monotonic });
  return { transport, send, ondemand, link, probe, reach };
}

export function createDataPlane(platform: Platform, foundation: Foundation, stores: Stores) {
  const { clock } = platform;
  const { log, redactor, liveBus, problems } = foundation;
  const { snapshots, ledger, spending, usage } = stores;
  const endpointsChanged = (): void => liveBus.publish({ name: 'endpoints' });

  const { transport, send, ondemand, link, probe, reach } = createWayOut(platform, foundation, stores);
  const uplink = createUplink({
    clock,
    offline: problems.follow('offline', 'offline'),
    onRenew() {
      transport.refresh();
      modelRefresh.fill(snapshots.current);
      endpointsChanged();
    },
  });
  const health = createAccountHealth({
    clock,
    ledger,
    uplink,
    random: Math.random,
    onChange: endpointsChanged,
    onClear: (accountKey) => ondemand.forgive(accountKey),
  });
  const modelLists = createModelLists();
  const modelRefresh = createModelRefresh({
    probe,
    modelLists,
    log,
    monotonic: clock.monotonic,
    current: () => snapshots.current,
    held: () => uplink.held,
    onLearned: endpointsChanged,
  });
  const findFacts = createModelFacts(clock);
  const traffic = createTraffic({ clock, liveBus });
  const metrics = createMetrics();
  const tokenCounter = createTokenCounter();
  const turns = new Map<string, number>();
  const comingTurn = (model: string): number => turns.get(model) ?? 0;
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
    modelFacts: (model) => findFacts(model, snapshots.current.settings.usage.modelOverrides),
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
      const turn = comingTurn(model);
      turns.set(model, turn + 1);
      return turn;
    },
  };

  return {
    gateway,
    uplink,
    health,
    modelLists,
    modelRefresh,
    findFacts,
    traffic,
    metrics,
    ondemand,
    probe,
    reach,
    comingTurn,
    async close(): Promise<void> {
      modelRefresh.close();
      traffic.close();
      await Promise.all([tokenCounter.close(), transport.close()]);
    },
  };
}
