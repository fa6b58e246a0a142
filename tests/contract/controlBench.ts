// The control plane as the shells run it: real settings file, usage store and guards; no port, no upstream, a keychain in memory.
// Secrets are planted wherever users put them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../main/base/clock.ts';
import { createLog, type LogEntry } from '../../main/base/log.ts';
import { concealProxy } from '../../main/base/proxyUrl.ts';
import { createRedactor } from '../../main/base/redact.ts';
import { plainListing } from '../../main/contract/modelListing.ts';
import type { RequestRecord } from '../../main/contract/schemas/record.ts';
import type { SettingsInput } from '../../main/contract/schemas/settings.ts';
import type { GatewayStatus } from '../../main/contract/schemas/views.ts';
import { createConfigControl } from '../../main/control/applyConfig.ts';
import type { ControlDeps } from '../../main/control/deps.ts';
import { createFormerNames } from '../../main/control/formerNames.ts';
import { createLiveBus } from '../../main/control/liveBus.ts';
import { createProblems } from '../../main/control/problems.ts';
import { type ControlRouter, createControlRouter } from '../../main/control/router.ts';
import { createTraffic } from '../../main/control/traffic.ts';
import { type AccountHealth, createAccountHealth } from '../../main/guards/accountHealth.ts';
import { createLedger } from '../../main/guards/ledger.ts';
import { createSpending } from '../../main/guards/spending.ts';
import { createUplink } from '../../main/guards/uplink.ts';
import type { Platform } from '../../main/platform.ts';
import { createModelLists } from '../../main/registry/modelLists.ts';
import { createPreviewRoute } from '../../main/routing/previewRoute.ts';
import { openConfSettingsFile } from '../../main/store/confSettingsFile.ts';
import type { Keychain } from '../../main/store/keytarVault.ts';
import { createLogFile } from '../../main/store/logFile.ts';
import { createMemoryVault } from '../../main/store/memoryVault.ts';
import { namesFile } from '../../main/store/namesFile.ts';
import { spendingFile } from '../../main/store/spendingFile.ts';
import { createUsageStore } from '../../main/store/usage/createUsageStore.ts';
import { type Vault, VaultError } from '../../main/store/vault.ts';
import { createVaultHolder } from '../../main/store/vaultHolder.ts';
import type { Probe } from '../../main/upstream/probe.ts';

/** Every one of them must never come back. Their last four characters may, as a mask. */
export const planted = {
  account: 'sk-planted-account-Zq8vXw',
  fromEnvironment: 'sk-planted-environment-Kd03',
  password: 'planted-password-Hh71',
  header: 'Bearer planted-header-Ls55',
  proxy: 'planted-proxy-Mn42',
  option: 'planted-option-Bv19',
  clientKey: 'sluice-planted-client-key-Ty66',
  /** The one that may be claimed, once. */
  unseenKey: 'sluice-planted-unseen-key-Gg28',
  passphrase: 'planted-passphrase-Rr90',
  /** Of no known shape: only who knows the value can mask it. */
  draft: 'planted.draft.Uu31',
  adminToken: 'planted-admin-token-Ee77',
} as const;

const settings: SettingsInput = {
  clientKeys: [
    { id: 'default', name: 'Default', secret: planted.clientKey, unseen: false },
    { id: 'fresh', name: 'Fresh', secret: planted.unseenKey, unseen: true },
  ],
  endpoints: [
    {
      id: 'main',
      name: 'Main',
      baseUrl: 'https://api.main.test/v1',
      accounts: [
        { id: 'a1', name: 'one', secret: planted.account },
        { id: 'a2', secret: { env: 'MAIN_KEY' }, enabled: false, weight: 7, limits: { rpm: 3 } },
      ],
      models: ['gpt-4o'],
      modelMapping: { 'gpt-4': 'gpt-4o', 'claude-*': 'x/*' },
      limits: { rpm: 60, rpd: 1000 },
      headers: { Authorization: planted.header, 'X-Team': 'blue' },
      proxy: `http://me:${planted.proxy}@127.0.0.1:9`,
      options: { apiKey: planted.option },
    },
    {
      id: 'pool',
      kind: 'ondemand',
      baseUrl: 'https://api.pool.test',
      priority: 1,
      accounts: [{ id: 'login', email: 'me@example.com', secret: planted.password }],
    },
    { id: 'local', baseUrl: 'http://localhost:11434/v1', priority: 2 },
  ],
  usage: { modelOverrides: { 'gpt-4o': { contextTokens: 1000 } } },
};

export function requestRecord(id: string, values: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id,
    time: Date.now() - 1000,
    clientKeyId: 'default',
    userAgent: 'bench/1',
    operation: 'chat',
    stream: true,
    clientModel: 'gpt-4',
    endpointId: 'main',
    accountId: 'a1',
    upstreamModel: 'gpt-4o',
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    firstTokenMs: 120,
    totalMs: 900,
    tokens: { input: 10, output: 20, cached: 0, reasoning: 0, source: 'reported' },
    costUsd: 0.01,
    attempts: [],
    skipped: [],
    order: null,
    ...values,
  };
}

export interface ControlBench {
  router: ControlRouter;
  deps: ControlDeps;
  health: AccountHealth;
  log: LogEntry[];
  clipboard: string[];
  decided: { origin: string; allow: boolean }[];
  /** What the next probe does instead of answering well. */
  probeFails(error: Error | null): void;
  /** What requests of the window meet from now on, instead of a short answer. */
  tries(run: ControlDeps['runTrial']): void;
  dataDir: string;
  /** `keep` leaves the folder to another bench. */
  close(keep?: 'keep'): Promise<void>;
}

/** A keychain in memory that can be locked. Give the same one, and the same folder, to go on where a bench has ended. */
export function createKeychain(): Keychain & { lock(locked: boolean): void } {
  const memory = createMemoryVault();
  let locked = false;
  const open = (): Vault => {
    if (locked) throw new VaultError('locked', 'The keychain is locked. Unlock it and try again.');
    return memory;
  };
  return {
    kind: 'keychain',
    quiet: true,
    probe: async () => void open(),
    unlock: async () => {},
    onRecovered: () => {},
    close: () => {},
    get: async (ref) => open().get(ref),
    set: async (ref, secret) => open().set(ref, secret),
    delete: async (ref) => open().delete(ref),
    lock: (next) => {
      locked = next;
    },
  };
}

export interface BenchOptions {
  shell?: 'desktop' | 'headless';
  keychain?: Keychain;
  /** An earlier bench's folder; it is removed with this bench. */
  dataDir?: string;
  /** As `SLUICE_CLIENT_KEY` gives it. */
  clientKey?: string;
}

export async function createControlBench(options: BenchOptions = {}): Promise<ControlBench> {
  const { shell = 'desktop', keychain = createKeychain() } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sluice-control-'));
  if (!options.dataDir) writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
  const clock = systemClock;
  const redactor = createRedactor();
  const log: LogEntry[] = [];
  const logger = createLog({
    level: 'debug',
    sink: (entry) => void log.push(entry),
    redactor,
    now: clock.now,
  });
  const liveBus = createLiveBus({ log: logger });
  const traffic = createTraffic({ clock, liveBus });
  const problems = createProblems({
    now: clock.now,
    onChange: () => liveBus.publish({ name: 'status' }),
  });
  const usage = await createUsageStore({
    file: join(dataDir, 'usage.db'),
    retentionDays: 90,
    maxDatabaseMB: 512,
    timeZone: 'local',
    onTrouble: () => {},
  });
  const ledger = createLedger({ clock, sink: usage, timeZone: 'local' });
  const uplink = createUplink({ clock, offline: () => {}, onRenew: () => {} });
  const health = createAccountHealth({
    clock,
    ledger,
    uplink,
    random: () => 0.5,
    onChange: () => liveBus.publish({ name: 'endpoints' }),
  });

  const clipboard: string[] = [];
  const opened: string[] = [];
  const platform: Platform = {
    shell,
    version: '0.0.0',
    dataDir,
    rendererDir: null,
    settingsFile: openConfSettingsFile(dataDir),
    importFile: null,
    overrides: { host: null, port: null },
    vault: { choice: 'auto', passphrase: null },
    adminToken: planted.adminToken,
    clientKey: options.clientKey ?? null,
    redisUrl: null,
    env: { MAIN_KEY: planted.fromEnvironment },
    log: { level: 'debug', sink: (entry) => void log.push(entry), file: createLogFile(dataDir) },
    clock,
    ...(shell === 'desktop' ? { openFolder: (folder: string) => void opened.push(folder) } : {}),
    copyText: shell === 'desktop' ? (text) => void clipboard.push(text) : null,
    showOnce: null,
  };

  const vault = await createVaultHolder({
    shell,
    choice: 'auto',
    passphrase: null,
    dataDir,
    keychain,
    log: logger,
    now: clock.now,
    fileCost: { N: 1024, r: 8, p: 1 },
  });
  const config = await createConfigControl({ platform, vault, log: logger, redactor, problems, liveBus });
  const { snapshots } = config;

  const spending = createSpending({
    clock,
    snapshots,
    file: spendingFile(dataDir, logger),
    onChange: () => liveBus.publish({ name: 'status' }),
  });

  let state: GatewayStatus['state'] = 'on';
  const status = (): GatewayStatus => ({
    state,
    address: state === 'on' ? 'http://localhost:8282/v1' : null,
    host: '127.0.0.1',
    port: 8282,
    version: '0.0.0',
    shell,
    startedAt: null,
    inFlight: traffic.inFlight,
    vault: vault.status(),
    problems: problems.list(),
    spending: spending.current(),
  });

  let probeError: Error | null = null;
  const probe: Probe = {
    async listModels() {
      if (probeError) throw probeError;
      return ['gpt-4o', 'gpt-4o-mini'].map(plainListing);
    },
    async diagnose(endpoint, accounts, { model, tell }) {
      if (probeError) throw probeError;
      tell({ type: 'plan', accounts: accounts.map(({ id }) => id) });
      for (const account of accounts) {
        const key = account.credential.state === 'ready' ? account.credential.secret : 'none';
        const detail = `${endpoint.baseUrl} ${account.id} ${model} refused the key ${key}`;
        const facts = { key };
        tell({
          type: 'step',
          account: account.id,
          step: {
            name: 'credential',
            state: 'failed',
            ms: 3,
            code: 'key-refused',
            facts,
            said: detail,
            detail,
            mends: [{ do: 'replace-key' }],
          },
        });
        tell({ type: 'account', account: account.id, ok: false, models: [] });
      }
    },
  };

  let trial: ControlDeps['runTrial'] = async function* ({ body }) {
    yield { type: 'started', recordId: 'req_trial' };
    yield { type: 'text', text: 'Hello' };
    const record = requestRecord('req_trial', { clientKeyId: 'window', clientModel: String(body.model) });
    yield { type: 'done', record, body: '{}' };
  };

  const decided: { origin: string; allow: boolean }[] = [];
  const modelLists = createModelLists();
  const deps: ControlDeps = {
    platform,
    clock,
    log: logger,
    redactor,
    config,
    vault,
    snapshots,
    accountStates: health,
    modelLists,
    modelFacts: () => ({
      inputUsdPerMTok: 1,
      outputUsdPerMTok: 2,
      cachedInputUsdPerMTok: null,
      contextTokens: 1000,
    }),
    previewRoute: createPreviewRoute({
      ledger,
      health,
      spending,
      modelLists,
      unsupported: () => null,
      comingTurn: () => 0,
    }),
    runTrial: (input, signal) => trial(input, signal),
    usage,
    formerNames: createFormerNames({ snapshots, file: namesFile(dataDir, logger) }),
    probe,
    reach: async (_url, setting) => ({
      ok: probeError === null,
      via: concealProxy(setting),
      ms: 1,
      reason: probeError?.message ?? null,
    }),
    lifecycle: {
      status,
      start: async () => {
        state = 'on';
        return status();
      },
      stop: async () => {
        state = 'off';
        return status();
      },
    },
    spending,
    liveBus,
    traffic,
    problems,
    origins: { decide: (origin, allow) => void decided.push({ origin, allow }) },
  };

  return {
    router: createControlRouter(deps),
    deps,
    health,
    log,
    clipboard,
    decided,
    probeFails: (error) => {
      probeError = error;
    },
    tries: (run) => {
      trial = run;
    },
    dataDir,
    async close(keep) {
      traffic.close();
      spending.close();
      await config.close();
      vault.close();
      await usage.close();
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
