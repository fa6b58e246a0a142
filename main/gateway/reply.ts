/**
 * The way back to the client. The server implements it over the raw response; nothing here knows HTTP servers.
 * What is made for each request has methods and no getters: V8 keeps an object literal with a getter, and all it can reach,
 * beyond the young generation.
 */
export interface Reply {
  /** The client has gone, or the answer has ended. */
  isClosed(): boolean;
  /** Called once when the client goes before the answer has ended. */
  onGone(listener: () => void): void;
  /** Sends status and headers; once. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** False where the client reads slower than we write: wait for the drain. */
  write(chunk: Buffer): boolean;
  onDrain(listener: () => void): void;
  end(chunk?: Buffer): void;
  /** Breaks the connection: the only way to say that bytes already sent are not whole. */
  destroy(): void;
}
