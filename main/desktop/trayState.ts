// Decides what the tray shows of the gateway: icon and tooltip. Pure; it asks nobody.
import type { Strategy } from '../contract/schemas/settings.ts';
import type { UsageTotals } from '../contract/schemas/usage.ts';
import type { EndpointView, GatewayStatus, Problem } from '../contract/schemas/views.ts';
import { problemText, type Words } from './words.ts';

/** What the tray knows. `gateway` is null while the core is not up; `failure` says why it can't come up. */
export interface TrayFacts {
  gateway: Pick<GatewayStatus, 'state' | 'address' | 'inFlight' | 'problems' | 'spending'> | null;
  failure: string | null;
  requestsPerMinute: number;
  quitting: boolean;
  strategy: Strategy;
  endpoints: readonly TrayEndpoint[];
  today: TrayToday | null;
  /** Whether newer versions can be looked for from here. */
  mayUpdate: boolean;
}

export type TrayEndpoint = Pick<EndpointView, 'id' | 'name' | 'enabled' | 'health'>;
export type TrayToday = Pick<UsageTotals, 'requests' | 'inputTokens' | 'outputTokens' | 'costUsd'>;

/** Before anything is known. */
export const noFacts: TrayFacts = {
  gateway: null,
  failure: null,
  requestsPerMinute: 0,
  quitting: false,
  strategy: 'random',
  endpoints: [],
  today: null,
  mayUpdate: false,
};

export type TrayLook = 'off' | 'on' | 'busy' | 'trouble';

/** Problems that keep requests from being served or recorded; the others wait until the window is opened. */
const grave: ReadonlySet<Problem['code']> = new Set<Problem['code']>([
  'settings-invalid',
  'settings-unwritable',
  'vault-locked',
  'vault-unavailable',
  'port-taken',
  'offline',
  'usage-store',
  'secret-missing',
]);

export function graveProblems(facts: TrayFacts): Problem[] {
  return (facts.gateway?.problems ?? []).filter((problem) => grave.has(problem.code));
}

export function trayLook(facts: TrayFacts): TrayLook {
  if (facts.failure !== null || facts.gateway?.state === 'failed') return 'trouble';
  if (facts.gateway === null || facts.quitting) return 'off';
  if (graveProblems(facts).length > 0) return 'trouble';
  if (facts.gateway.inFlight > 0) return 'busy';
  return facts.gateway.state === 'on' ? 'on' : 'off';
}

export function stateText(facts: TrayFacts, words: Words): string {
  if (facts.failure !== null) return words.state.broken;
  if (facts.gateway === null) return words.state.starting;
  return facts.quitting ? words.state.stopping : words.state[facts.gateway.state];
}

export function trayTooltip(facts: TrayFacts, words: Words): string {
  const lines = [`Sluice · ${stateText(facts, words)}`];
  const problem = graveProblems(facts)[0];
  if (problem) lines.push(problemText(problem, words));
  if (facts.gateway?.state === 'on' && facts.gateway.address)
    lines.push(`${facts.gateway.address} · ${words.perMinute(facts.requestsPerMinute)}`);
  return lines.join('\n');
}
