// Building blocks for the control plane's unit tests: whole values, so that a test names only what it is about.
import type { Log, LogEntry } from '../../../main/base/log.ts';
import { createLog } from '../../../main/base/log.ts';
import { createRedactor } from '../../../main/base/redact.ts';
import { normalSpending } from '../../../main/contract/normalSpending.ts';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { Unavailable } from '../../../main/guards/accountHealth.ts';
import type { AccountReading } from '../../../main/guards/accountStates.ts';
import type { ModelLists } from '../../../main/registry/modelLists.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../../main/registry/snapshot.ts';
import { createPreviewRoute, type PreviewRoute } from '../../../main/routing/previewRoute.ts';

export const noLimits: Limits = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };
export const noUsage = { rpm: 0, rpd: 0, tpm: 0, tpd: 0, concurrent: 0 };

export const ready: AccountReading = {
  state: 'ready',
  until: null,
  reason: null,
  holds: [],
  inFlight: 0,
  usage: noUsage,
};

export function account(values: Partial<CompiledAccount> = {}): CompiledAccount {
  return {
    key: 'e/a1',
    id: 'a1',
    name: '',
    email: null,
    credential: { state: 'none' },
    enabled: true,
    weight: 1,
    limits: noLimits,
    ...values,
  };
}

export function compiled(values: Partial<CompiledEndpoint> = {}): CompiledEndpoint {
  return {
    id: 'e',
    name: '',
    kind: 'openai',
    baseUrl: 'https://api.example.com/v1',
    enabled: true,
    priority: 0,
    weight: 1,
    free: false,
    accounts: [account()],
    models: new Set<string>(),
    excludedModels: [],
    modelMapping: {},
    headers: {},
    proxy: null,
    options: {},
    ...values,
  };
}

export function record(id: string): RequestRecord {
  return {
    id,
    time: 1_700_000_000_000,
    clientKeyId: 'default',
    userAgent: 'test',
    operation: 'chat',
    stream: false,
    clientModel: 'm',
    endpointId: 'e',
    accountId: 'a1',
    upstreamModel: 'm',
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    firstTokenMs: 10,
    totalMs: 20,
    tokens: { input: 1, output: 2, cached: 0, reasoning: 0, source: 'reported' },
    costUsd: null,
    attempts: [],
    skipped: [],
    order: null,
  };
}

export function memoryLog(): { log: Log; entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const log = createLog({
    level: 'debug',
    sink: (entry) => void entries.push(entry),
    redactor: createRedactor(),
    now: () => 0,
  });
  return { log, entries };
}

/** Routing's plan with no limits used up; `unavailable` says whom the guards hold back. */
export function previewOf(
  modelLists: ModelLists,
  unavailable: (accountKey: string, model: string) => Unavailable | null = () => null,
): PreviewRoute {
  return createPreviewRoute({
    modelLists,
    ledger: { check: () => null, inFlight: () => 0 },
    health: { unavailable, latency: () => null },
    spending: { current: () => normalSpending },
    unsupported: () => null,
    comingTurn: () => 0,
  });
}
