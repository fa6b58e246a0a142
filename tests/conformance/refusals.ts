import type { Kind } from './kinds.ts';
import type { Scenario } from './scenarios.ts';

/** A place of the matrix that the protocol itself rules out, and what every client is told there. */
export interface Refusal {
  /** The kind's id. */
  readonly kind: string;
  readonly scenario: string;
  readonly status: number;
  /** Its words, as they stand in the documentation too. */
  readonly message: string;
}

export const refusals: readonly Refusal[] = [
  {
    kind: 'ondemand',
    scenario: 'image',
    status: 400,
    message:
      'on-demand.io is sent text alone, no images: leave this part out, send its text, or use an endpoint whose models read it.',
  },
];

export function refusalOf(kind: Kind, scenario: Scenario): Refusal | null {
  return refusals.find((one) => one.kind === kind.id && one.scenario === scenario.title) ?? null;
}
