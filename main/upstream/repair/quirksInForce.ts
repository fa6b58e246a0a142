// Which repairs a user allows for an endpoint: its option `repairs`.
import { type RepairName, repairSwitches } from '../../contract/readOptions.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import type { Quirk } from '../quirk.ts';

const switches: Readonly<Record<Exclude<Quirk, `${string}:${string}`>, RepairName>> = {
  'no-stream-options': 'streamOptions',
  'max-completion-tokens': 'maxTokens',
  'max-tokens': 'maxTokens',
  'no-developer-role': 'roles',
  'no-system-role': 'roles',
  'merge-roles': 'roles',
  'plain-schemas': 'schemas',
  'no-thinking-replay': 'thinking',
  'wants-thinking': 'thinking',
  'nine-letter-ids': 'roles',
  'answer-after-results': 'roles',
  'stream-only': 'streamOptions',
};

/** The switch that a quirk's repair hangs on. */
export function switchOf(quirk: Quirk): RepairName {
  if (quirk.startsWith('most-tokens:')) return 'maxTokens';
  if (quirk.startsWith('short-descriptions:')) return 'schemas';
  return quirk in switches ? switches[quirk as keyof typeof switches] : 'dropOptions';
}

/** `options.repairs`: absent or true = all, false = none, an object = all but those it sets to false. */
export function mayRepair({ options }: CompiledEndpoint, quirk: Quirk): boolean {
  return repairSwitches(options)[switchOf(quirk)];
}

/** Those of the known quirks that the user lets us repair; the very same set where that is all of them. */
export function quirksInForce({ options }: CompiledEndpoint, quirks: ReadonlySet<Quirk>): ReadonlySet<Quirk> {
  if (quirks.size === 0 || options.repairs === undefined || options.repairs === true) return quirks;
  const allowed = repairSwitches(options);
  return new Set([...quirks].filter((quirk) => allowed[switchOf(quirk)]));
}
