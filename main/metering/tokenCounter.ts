/** Counts tokens off the main thread, for answers whose upstream reports none. Counts are estimates: o200k_base for every model. */
export interface TokenCounter {
  /**
   * Tokens in the text; never rejects. A length-based guess where the worker can't tell within a second. Texts beyond two million
   * characters are counted by samples.
   */
  count(text: string): Promise<number>;
  close(): Promise<void>;
}
