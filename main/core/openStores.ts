// What outlives a request, and most of it the process: secrets, settings, the spending mode, usage, and the counts that limits rest on.
import path from 'node:path';
import { createConfigControl } from '../control/applyConfig.ts';
import { createFormerNames } from '../control/formerNames.ts';
import { createGraceEnds } from '../control/graceEnds.ts';
import { createLedger } from '../guards/ledger.ts';
import { createSharedLedger } from '../guards/sharedLedger.ts';
import { createSpending } from '../guards/spending.ts';
import type { Platform } from '../platform.ts';
import { createKeytarVault } from '../store/keytarVault.ts';
import { namesFile } from '../store/namesFile.ts';
import { shareCounts } from '../store/redis/shareCounts.ts';
import { spendingFile } from '../store/spendingFile.ts';
import { createUsageStore } from '../store/usage/createUsageStore.ts';
import { createVaultHolder } from '../store/vaultHolder.ts';
import type { Foundation } from './foundation.ts';

export type Stores = Awaited<ReturnType<typeof openStores>>;

const minuteMs = 60_000;

/** Opens vault and files, and takes over what an earlier process had counted. Throws SettingsInvalidError or VaultError. */
export async function openStores(platform: Platform, foundation: Foundation) {
  const { clock, dataDir, startChild } = platform;
  const { log, redactor, problems, liveBus, statusChanged } = foundation;
  const vault = await createVaultHolder({
    shell: platform.shell,
    choice: platform.vault.choice,
    passphrase: platform.vault.passphrase,
    dataDir,
    keychain: createKeytarVault({ monotonic: clock.monotonic, ...(startChild ? { startChild } : {}) }),
    log,
    now: clock.now,
  });
  const config = await createConfigControl({ platform, vault, log, redactor, problems, liveBus });
  const { snapshots } = config;
  const graceEnds = createGraceEnds({ config, vault, problems, clock, log });
  const file = spendingFile(dataDir, log);
  const spending = createSpending({ clock, snapshots, file, onChange: statusChanged });
  const formerNames = createFormerNames({ snapshots, file: namesFile(dataDir, log) });

  const quotaTimeZone = (): string => snapshots.current.settings.usage.quotaTimeZone;
  const { retentionDays, maxDatabaseMB } = snapshots.current.settings.usage;
  const usage = await createUsageStore({
    file: path.join(dataDir, 'usage.db'),
    retentionDays,
    maxDatabaseMB,
    timeZone: quotaTimeZone(),
    clock,
    onTrouble: problems.follow('usage', 'usage-store'),
  });
  const ownCounts = createLedger({ clock, sink: usage, timeZone: quotaTimeZone() });
  const shared = await shareCounts(platform.redisUrl, {
    clock,
    log,
    learnSecret: redactor.add,
    timeZone: quotaTimeZone,
    onTrouble: problems.follow('redis', 'limits-not-shared'),
  });
  const ledger = shared ? createSharedLedger(ownCounts, shared) : ownCounts;
  ledger.restore(await usage.restore(ledger.today().day, clock.now() - minuteMs));

  return {
    vault,
    config,
    snapshots,
    spending,
    usage,
    formerNames,
    ledger,
    async close(): Promise<void> {
      graceEnds.close();
      spending.close();
      await config.close();
      vault.close();
      await usage.close();
      await shared?.close();
    },
  };
}
