import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { RecordBodies } from '../contract/schemas/bodies.ts';
import type { RequestRecord, UsageTokens } from '../contract/schemas/record.ts';
import type { AccountHealth } from '../guards/accountHealth.ts';
import type { Ledger } from '../guards/ledger.ts';
import type { Spending } from '../guards/spending.ts';
import type { Uplink } from '../guards/uplink.ts';
import type { TokenCounter } from '../metering/tokenCounter.ts';
import type { ModelFacts } from '../registry/modelFacts.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import type { SnapshotHolder } from '../registry/snapshotHolder.ts';
import type { Affinity } from '../routing/affinity.ts';
import type { Quirks } from '../upstream/quirks.ts';
import type { Exchange, UpstreamRequest } from '../upstream/transport.ts';
import type { UpstreamLink } from '../upstream/upstreamLink.ts';
import type { InFlight } from './inFlight.ts';
import type { Memories } from './memories.ts';

/** Additions the live graph is made of. */
export interface TrafficMeter {
  opened(): void;
  closed(result: { failed: boolean; inputTokens: number }): void;
  produced(outputTokens: number): void;
  firstToken(ms: number): void;
}

/** What the data plane stands on. It reads snapshots and writes records; nothing here reaches into the control plane. */
export interface GatewayDeps {
  clock: Clock;
  log: Log;
  redact: (text: string) => string;
  snapshots: SnapshotHolder;
  modelLists: ModelLists;
  ledger: Ledger;
  health: AccountHealth;
  spending: Pick<Spending, 'current'>;
  uplink: Pick<Uplink, 'breaks' | 'online'>;
  affinity: Affinity;
  quirks: Quirks;
  memories: Memories;
  send: (request: UpstreamRequest) => Exchange;
  link: UpstreamLink;
  tokenCounter: TokenCounter;
  modelFacts: (upstreamModel: string) => ModelFacts;
  priceOf: (tokens: UsageTokens, facts: ModelFacts) => number | null;
  traffic: TrafficMeter;
  readonly inFlight: InFlight;
  /** Takes the finished record to the store and the live bus. */
  record: (record: RequestRecord) => void;
  /** Takes what was sent and answered to the store, after the record; only called where the settings say that it is kept. */
  bodies: (recordId: string, bodies: RecordBodies) => void;
  random: () => number;
  /** Counts 0, 1, 2 … for each model, for the strategy `round-robin`. */
  nextTurn: (model: string) => number;
}
