// `spending.json`: the spending mode, so that it outlives a restart. It does not stand in settings.json, which is the user's own
// text: a mode comes and goes by itself, is no part of an export, and must not stir up the configuration each time.
import fs from 'node:fs';
import path from 'node:path';
import type { Log } from '../base/log.ts';
import { normalSpending } from '../contract/normalSpending.ts';
import { type SpendingMode, spendingModeSchema } from '../contract/schemas/spending.ts';
import { writeFileAtomic } from './writeFileAtomic.ts';

export interface SpendingFile {
  /** Normal where nothing was kept. */
  read(): SpendingMode;
  /** A mode that can't be kept is in force all the same; the log tells. */
  write(mode: SpendingMode): void;
}

export function spendingFile(dataDir: string, log: Log): SpendingFile {
  const file = path.join(dataDir, 'spending.json');
  return {
    read() {
      if (!fs.existsSync(file)) return normalSpending;
      try {
        return spendingModeSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch (error) {
        log.warn('the spending mode that was kept can not be read; it is normal now', {
          error: String(error),
        });
        return normalSpending;
      }
    },
    write(mode) {
      try {
        if (mode.mode === 'normal') fs.rmSync(file, { force: true });
        else writeFileAtomic(file, `${JSON.stringify(mode)}\n`);
      } catch (error) {
        log.warn('the spending mode can not be kept for the next start', { error: String(error) });
      }
    },
  };
}
