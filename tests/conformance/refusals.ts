import type { DialectName } from './clients/client.ts';

/** A place of the matrix that the protocol itself rules out, and what the client is told there. */
export interface Refusal {
  readonly client: DialectName;
  /** The kind's id. */
  readonly kind: string;
  readonly scenario: string;
  readonly status: number;
  readonly message: RegExp;
}

export const refusals: readonly Refusal[] = [];
