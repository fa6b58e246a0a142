/** What a whole answer of status 200 turned out to be. */
export interface AnswerReading {
  /** Why this 200 is no answer, or null where it is one. */
  readonly fault: string | null;
  /** The `usage` object, if any. */
  readonly usage: unknown;
}
