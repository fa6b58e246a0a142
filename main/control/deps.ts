import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Redactor } from '../base/redact.ts';
import type { TrialEvent, TrialInput } from '../contract/schemas/trial.ts';
import type { AccountStates } from '../guards/accountStates.ts';
import type { Spending } from '../guards/spending.ts';
import type { Platform } from '../platform.ts';
import type { ModelFacts, ModelOverrides } from '../registry/modelFacts.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import type { SnapshotHolder } from '../registry/snapshotHolder.ts';
import type { PreviewRoute } from '../routing/previewRoute.ts';
import type { UsageStore } from '../store/usage/usageStore.ts';
import type { VaultHolder } from '../store/vaultHolder.ts';
import type { Reach } from '../upstream/createReach.ts';
import type { Probe } from '../upstream/probe.ts';
import type { ConfigControl } from './applyConfig.ts';
import type { FormerNames } from './formerNames.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LiveBus } from './liveBus.ts';
import type { Problems } from './problems.ts';
import type { Traffic } from './traffic.ts';

/** All that the operations' handlers stand on; handed over by the composition root. */
export interface ControlDeps {
  platform: Platform;
  clock: Clock;
  log: Log;
  redactor: Redactor;
  config: ConfigControl;
  vault: VaultHolder;
  snapshots: SnapshotHolder;
  accountStates: AccountStates;
  modelLists: ModelLists;
  modelFacts: (upstreamModel: string, overrides?: ModelOverrides) => ModelFacts;
  /** Routing's own decision, as it would fall now. */
  previewRoute: PreviewRoute;
  /** Sends a request of the window through the data plane; what leaves the stream cancels it. */
  runTrial: (input: TrialInput, signal?: AbortSignal) => AsyncGenerator<TrialEvent, void, void>;
  usage: UsageStore;
  formerNames: FormerNames;
  probe: Probe;
  /** Tries a way out of here. */
  reach: Reach;
  lifecycle: Lifecycle;
  spending: Pick<Spending, 'set'>;
  liveBus: LiveBus;
  traffic: Traffic;
  problems: Problems;
  /** Origins that were refused and wait for the user's word. */
  origins: { decide(origin: string, allow: boolean): void };
}
