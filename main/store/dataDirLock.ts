// One data folder, one process. Whoever comes second is told by the holder itself who it is.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { anotherSluice, type Holder, holdName, NameHeldError } from './holderSocket.ts';

/** Another Sluice works in this folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  constructor(dataDir: string, holder: Holder | null) {
    const who = anotherSluice(holder).replace(/^a/, 'A');
    super(
      `${who} is already running with the data folder ${dataDir}. Quit it first, or choose another folder.`,
    );
  }
}

export interface DataDirLock {
  release(): Promise<void>;
}

/** Takes the folder (which must exist) for this process. Throws DataDirInUseError. */
export async function lockDataDir(dataDir: string, shell: Holder['shell']): Promise<DataDirLock> {
  const digest = createHash('sha256').update(fs.realpathSync(dataDir)).digest('hex').slice(0, 24);
  try {
    return { release: await holdName(`sluice-${digest}`, shell) };
  } catch (error) {
    throw error instanceof NameHeldError ? new DataDirInUseError(dataDir, error.holder) : error;
  }
}
