import type { EndpointView } from '../../main/contract/schemas/views.ts';
import { endpointStanding } from './endpointStanding.ts';

/** What needs a hand, what only waits, what works, what is switched off. */
const ranks = { bad: 0, wait: 1, good: 3, off: 4 } as const;

function rankOf(endpoint: EndpointView): number {
  const { tone, ready } = endpointStanding(endpoint);
  // Some of its accounts still answer: less urgent than one that does not.
  return tone === 'wait' && ready > 0 ? 2 : ranks[tone];
}

/** Endpoints by how much they need to be looked at; within that, in the order they are tried. */
export function worstFirst(endpoints: readonly EndpointView[]): EndpointView[] {
  return [...endpoints].sort((one, other) => rankOf(one) - rankOf(other));
}
