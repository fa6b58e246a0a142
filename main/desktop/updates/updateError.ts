import type { UpdateTrouble } from '../../contract/schemas/update.ts';

/** Why there is no update to be had, in the words the window knows. */
export class UpdateError extends Error {
  readonly trouble: UpdateTrouble;
  constructor(trouble: UpdateTrouble, message: string) {
    super(message);
    this.name = 'UpdateError';
    this.trouble = trouble;
  }
}

/** Of whatever the updater throws. */
export function troubleOf(error: unknown): UpdateTrouble {
  if (error instanceof UpdateError) return error.trouble;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_UPDATER_INVALID_SIGNATURE') return 'damaged';
  return 'network';
}
