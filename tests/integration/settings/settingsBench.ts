// The real configuration loop over real files and a real vault, without the rest of the core.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../main/base/clock.ts';
import { createLog, type LogEntry } from '../../../main/base/log.ts';
import { createRedactor, type Redactor } from '../../../main/base/redact.ts';
import type { LiveEvent } from '../../../main/contract/events.ts';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { type ConfigControl, createConfigControl } from '../../../main/control/applyConfig.ts';
import { createProblems, type Problems } from '../../../main/control/problems.ts';
import type { Platform } from '../../../main/platform.ts';
import { openConfSettingsFile } from '../../../main/store/confSettingsFile.ts';
import type { SettingsFile } from '../../../main/store/settingsFile.ts';
import {
  createVaultHolder,
  type VaultHolder,
  type VaultHolderDeps,
} from '../../../main/store/vaultHolder.ts';
import { createFakeKeychain, type FakeKeychain } from '../../unit/store/fakeKeychain.ts';

export interface SettingsBench {
  readonly dataDir: string;
  readonly settingsPath: string;
  readonly config: ConfigControl;
  readonly vault: VaultHolder;
  readonly keychain: FakeKeychain;
  readonly problems: Problems;
  readonly redactor: Redactor;
  readonly events: LiveEvent[];
  readonly logs: LogEntry[];
  /** settings.json as it stands on disk. */
  onDisk(): SettingsInput & Record<string, unknown>;
  /** Writes settings.json as an editor would, in place. */
  editByHand(content: unknown): void;
  warnings(): string[];
  stop(): Promise<void>;
}

export interface SettingsBenchOptions {
  dataDir?: string;
  /** Written before the start; text as it is, objects as JSON. */
  settings?: unknown;
  keychain?: FakeKeychain;
  vault?: Partial<VaultHolderDeps>;
  platform?: Partial<Platform>;
  /** Stands between the loop and the disk. */
  wrapFile?: (file: SettingsFile) => SettingsFile;
}

export const asText = (content: unknown): string =>
  typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;

const folders: string[] = [];
const running: SettingsBench[] = [];

export function newDataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-settings-'));
  folders.push(folder);
  return folder;
}

/** Stops what runs and removes what was made; returns the folders' last state to look through before. */
export async function cleanUp(look: (folder: string) => void): Promise<void> {
  for (const bench of running.splice(0)) await bench.stop();
  for (const folder of folders.splice(0)) {
    try {
      look(folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

export async function startSettings(options: SettingsBenchOptions = {}): Promise<SettingsBench> {
  const dataDir = options.dataDir ?? newDataDir();
  const settingsPath = path.join(dataDir, 'settings.json');
  if (options.settings !== undefined)
    fs.writeFileSync(settingsPath, asText(options.settings), { mode: 0o600 });
  const logs: LogEntry[] = [];
  const events: LiveEvent[] = [];
  const redactor = createRedactor();
  const log = createLog({ level: 'debug', sink: (entry) => logs.push(entry), redactor, now: Date.now });
  const keychain = options.keychain ?? createFakeKeychain('ready');
  const platform = {
    shell: 'headless' as const,
    importFile: null,
    clientKey: null,
    env: { MINE: 'mine-1234567890' },
    clock: systemClock,
    ...options.platform,
  };
  const vault = await createVaultHolder({
    shell: platform.shell,
    choice: 'auto',
    passphrase: null,
    dataDir,
    keychain,
    log,
    now: Date.now,
    fileCost: { N: 1024, r: 8, p: 1 },
    ...options.vault,
  });
  const problems = createProblems({ now: Date.now, onChange: () => events.push({ name: 'status' }) });
  const file = openConfSettingsFile(dataDir);
  const config = await createConfigControl({
    platform: { ...platform, settingsFile: options.wrapFile?.(file) ?? file },
    vault,
    problems,
    liveBus: { publish: (event) => void events.push(event) },
    redactor,
    log,
  });
  const bench: SettingsBench = {
    dataDir,
    settingsPath,
    config,
    vault,
    keychain,
    problems,
    redactor,
    events,
    logs,
    onDisk: () => JSON.parse(fs.readFileSync(settingsPath, 'utf8')),
    editByHand: (content) => fs.writeFileSync(settingsPath, asText(content)),
    warnings: () => logs.filter((entry) => entry.level === 'warn').map((entry) => entry.message),
    stop: async () => {
      await config.close();
      vault.close();
    },
  };
  running.push(bench);
  return bench;
}

/** Polls until it is true; fails after `withinMs`. Returns the milliseconds it took. */
export async function until(look: () => boolean, withinMs = 20_000): Promise<number> {
  const start = performance.now();
  while (!look()) {
    if (performance.now() - start > withinMs) throw new Error(`not true within ${withinMs} ms: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - start;
}
