import type { CheckCode, CheckStep, Mend } from '../../contract/schemas/check.ts';

/** What one step of the doctor came to. */
export interface Finding {
  readonly state: Exclude<CheckStep['state'], 'running'>;
  readonly code: CheckCode;
  readonly facts?: Readonly<Record<string, string>>;
  /** The upstream's or the system's words; redacted before they leave. */
  readonly said?: string | null;
  readonly mends?: readonly Mend[];
}

export const failed = (code: CheckCode, rest: Omit<Finding, 'state' | 'code'> = {}): Finding => ({
  state: 'failed',
  code,
  ...rest,
});

export const passed = (code: CheckCode, facts: Readonly<Record<string, string>> = {}): Finding => ({
  state: 'ok',
  code,
  facts,
});
