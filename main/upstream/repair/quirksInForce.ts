// Which repairs a user allows for an endpoint: its option `repairs`.
import { isFields } from '../../protocol/hub/reader.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import type { Quirk } from '../quirk.ts';

/** The switches of `options.repairs`, each on where it is absent. */
export const repairSwitches = [
  'dropOptions',
  'maxTokens',
  'roles',
  'schemas',
  'thinking',
  'streamOptions',
] as const;
export type RepairSwitch = (typeof repairSwitches)[number];

const switches: Readonly<Record<Exclude<Quirk, `drop:${string}`>, RepairSwitch>> = {
  'no-stream-options': 'streamOptions',
  'max-completion-tokens': 'maxTokens',
  'max-tokens': 'maxTokens',
  'no-developer-role': 'roles',
  'no-system-role': 'roles',
  'merge-roles': 'roles',
  'plain-schemas': 'schemas',
  'no-thinking-replay': 'thinking',
};

const switchOf = (quirk: Quirk): RepairSwitch =>
  quirk in switches ? switches[quirk as keyof typeof switches] : 'dropOptions';

/** `options.repairs`: absent or true = all, false = none, an object = all but those it sets to false. */
export function mayRepair(endpoint: CompiledEndpoint, quirk: Quirk): boolean {
  const { repairs } = endpoint.options;
  if (repairs === false) return false;
  return !isFields(repairs) || repairs[switchOf(quirk)] !== false;
}

/** Those of the known quirks that the user lets us repair; the very same set where that is all of them. */
export function quirksInForce(endpoint: CompiledEndpoint, quirks: ReadonlySet<Quirk>): ReadonlySet<Quirk> {
  const { repairs } = endpoint.options;
  if (quirks.size === 0 || repairs === undefined || repairs === true) return quirks;
  return new Set([...quirks].filter((quirk) => mayRepair(endpoint, quirk)));
}
