// `names.json`: what endpoints, accounts and client keys are called, so that records can still name those that are gone.
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../base/log.ts';
import { type FormerName, formerNameSchema } from '../contract/schemas/usage.ts';
import { writeFileAtomic } from './writeFileAtomic.ts';

export interface NamesFile {
  /** Empty where nothing was kept. */
  read(): FormerName[];
  /** Names that can't be kept are known until the program ends; the log tells. */
  write(names: readonly FormerName[]): void;
}

export function namesFile(dataDir: string, log: Log): NamesFile {
  const file = path.join(dataDir, 'names.json');
  return {
    read() {
      if (!fs.existsSync(file)) return [];
      try {
        return z.array(formerNameSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch (error) {
        log.warn('the names of what was removed can not be read', { error: String(error) });
        return [];
      }
    },
    write(names) {
      try {
        writeFileAtomic(file, `${JSON.stringify(names)}\n`);
      } catch (error) {
        log.warn('the names of what was removed can not be kept for the next start', {
          error: String(error),
        });
      }
    },
  };
}
