/** Counts tokens off the main thread, for answers whose upstream reports none. Counts are estimates: o200k_base for every model. */
export interface TokenCounter {
  /** Tokens in the text. Falls back to a length-based guess where the worker is busy for more than a second. */
  count(text: string): Promise<number>;
  close(): Promise<void>;
}
