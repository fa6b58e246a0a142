// Sorts what can go wrong with the file into what to do about it, and says it in words.

/** `damaged` start afresh; `busy` and `full` try again later; `unwritable` open again later; `mistake` ours, not the file's. */
export type Fault = 'damaged' | 'busy' | 'full' | 'unwritable' | 'mistake';

/** A file that is no database, or fails its check. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError';
}

/** A file that a newer version of the program wrote. It is left alone. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  constructor(version: number, known: number) {
    super(
      `usage.db was written by a newer version (schema ${version}, this one knows ${known}): update the program, or move the file away`,
    );
  }
}

export function errorCodeOf(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Codes of SQLite by their beginning; the file system's own where opening failed. */
export function faultOf(error: unknown): Fault {
  const code = errorCodeOf(error);
  if (error instanceof DamagedDatabaseError || /^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return 'busy';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (error instanceof NewerDatabaseError) return 'unwritable';
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|PERM|AUTH|NOMEM|NOLFS|INTERRUPT)/.test(code)) return 'unwritable';
  if (/^E[A-Z0-9]+$/.test(code)) return 'unwritable';
  return 'mistake';
}

/** The reason a person is shown. */
export function reasonOf(error: unknown): string {
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NewerDatabaseError) return message;
  if (faultOf(error) === 'full') return 'the disk is full: make room, and usage is written again by itself';
  if (faultOf(error) === 'busy') return `usage.db is locked by another program (${code})`;
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS)/.test(code)) {
    return `usage.db can't be opened for writing (${code}): check the permissions of the data folder`;
  }
  if (/^(SQLITE_IOERR|EIO)/.test(code)) return `the disk reports errors while usage.db is written (${code})`;
  return `usage.db can't be written: ${message}`;
}
