/** Where a login's tokens outlast this run: the vault. Any call may fail; then they live in memory only. */
export interface TokenStore {
  get(ref: string): Promise<string | null>;
  set(ref: string, text: string): Promise<void>;
  delete(ref: string): Promise<void>;
}

export const tokenRef = (accountKey: string): string => `ondemand-session/${accountKey}`;
