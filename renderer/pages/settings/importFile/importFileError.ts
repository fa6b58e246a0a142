/** Why a file can't be handed to the gateway: too large, damaged, an archive of something else, or a database as it lies on disk. */
export type ImportFileReason = 'tooLarge' | 'damaged' | 'otherArchive' | 'database';

export class ImportFileError extends Error {
  readonly reason: ImportFileReason;

  constructor(reason: ImportFileReason) {
    super(reason);
    this.name = 'ImportFileError';
    this.reason = reason;
  }
}
