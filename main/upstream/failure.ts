import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import type { AttemptOutcome } from '../contract/schemas/record.ts';
import type { UpstreamHeaders } from './transport.ts';

/** What a failed attempt means. */
export interface Failure {
  readonly outcome: Exclude<AttemptOutcome, 'ok' | 'cut' | 'cancelled'>;
  /**
   * `return` the upstream's answer goes to the client as it is; `same` once more with the same account, then others;
   * `other` the next candidate at once; `stop` no further attempt (it may have run and been billed).
   */
  readonly next: 'return' | 'same' | 'other' | 'stop';
  /** What is held back, and how long: `ms` null = until mended by hand or retested in a day. */
  readonly hold: {
    readonly scope: 'account' | 'model';
    readonly state: 'cooling' | 'refused' | 'exhausted' | 'missing';
    readonly ms: number | null;
  } | null;
  /** Counts against the circuit of this account and model. */
  readonly breaks: boolean;
  /** The upstream's or the transport's words. Not yet redacted. */
  readonly reason: string;
  readonly status: number | null;
}

/** An answer that is a failure, with all that its meaning depends on. */
export interface HttpFailureInput {
  readonly kind: EndpointKind;
  readonly status: number;
  readonly headers: UpstreamHeaders;
  /** The error's message, or the first words of a foreign body. */
  readonly message: string;
  /** The whole body's text (cut), for codes that stand outside the message. */
  readonly text: string;
  readonly now: number;
  /** Unix ms at which the calendar day of quotas ends. */
  readonly dayEndsAt: number;
  /** Rate limits in a row without a stated time: doubles the back-off. */
  readonly streak: number;
}
