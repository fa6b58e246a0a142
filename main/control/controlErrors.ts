// What an operation can answer with besides its result. Handlers throw these; toControlError gives them their code.

/** No such endpoint, account, key or record. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** It exists already, or it was done before and works only once. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** It can't be done here or now; the message says why and what to do. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** A wrong value that no schema can see. */
export class InputInvalidError extends Error {
  override readonly name = 'InputInvalidError';
  readonly issues: readonly { path: string; message: string }[];
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.issues = [{ path, message }];
  }
}
