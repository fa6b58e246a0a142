// Tells people what became of settings and secrets: problems for the window, lines for the log. It changes nothing else.
import type { Log } from '../base/log.ts';
import type { GatewayStatus } from '../contract/schemas/views.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import type { Rescue } from '../store/configStore.ts';
import { SettingsInvalidError } from '../store/settingsInvalidError.ts';
import {
  missingSecrets,
  problemIds,
  settingsProblem,
  unwritableProblem,
  vaultProblem,
} from './configProblems.ts';
import type { Problems } from './problems.ts';

const fileName = 'settings.json';
const deletedText = 'was deleted; it is written again with the next change';

export interface ConfigReports {
  /** The file was not usable at the start. */
  rescued(rescue: Rescue): void;
  /** An edit made outside can't be taken. `again`: the same content was complained about before. */
  refused(error: unknown, again: boolean): void;
  deleted(): void;
  /** The file keeps a plain secret at `path` until a vault takes it. */
  heldBack(path: string): void;
  /** The file is as it should be. */
  settled(): void;
  unwritable(path: string, error: unknown): void;
  written(): void;
  /** What vault and secrets are like with this configuration. */
  inForce(snapshot: Snapshot, vault: GatewayStatus['vault']): void;
}

export function createConfigReports(deps: { problems: Problems; log: Log }): ConfigReports {
  const { problems, log } = deps;
  return {
    rescued(rescue) {
      const issue = rescue.error?.issues[0] ?? { path: fileName, message: 'was missing' };
      const instead = rescue.from === 'backup' ? 'the last good copy is used' : 'defaults are used';
      const text = `${issue.message}; ${instead}${rescue.keptAs ? `; it was kept as ${rescue.keptAs}` : ''}`;
      log.warn(`${fileName} was not used: ${issue.path}: ${text}`);
      problems.raise(settingsProblem(issue.path, text));
    },
    refused(error, again) {
      const issues = error instanceof SettingsInvalidError ? error.issues : [];
      const other = error instanceof Error ? error.message : String(error);
      const first = issues[0] ?? { path: fileName, message: other };
      problems.raise(settingsProblem(first.path, first.message));
      const all = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ') || other;
      if (!again) log.warn(`${fileName} was refused, the configuration in force stays: ${all}`);
    },
    deleted() {
      log.warn(`${fileName} ${deletedText}`);
      problems.raise(settingsProblem(fileName, deletedText));
    },
    heldBack(path) {
      const message = 'stands in clear until the vault is open';
      log.warn(`${fileName}: ${path} ${message}`);
      problems.raise(settingsProblem(path, message));
    },
    settled: () => problems.clear(problemIds.settings),
    unwritable(path, error) {
      log.error(`${path} can't be written`, {
        error: error instanceof Error ? error.message : String(error),
      });
      problems.raise(unwritableProblem(path, error));
    },
    written: () => problems.clear(problemIds.unwritable),
    inForce(snapshot, vault) {
      const found = [vaultProblem(vault), missingSecrets(snapshot)];
      for (const id of [problemIds.vault, problemIds.secrets]) {
        const problem = found.find((candidate) => candidate?.id === id);
        if (problem) problems.raise(problem);
        else problems.clear(id);
      }
    },
  };
}
