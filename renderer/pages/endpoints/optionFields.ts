// The options of an endpoint that its form shows, and back into `options` with everything else left as it was. Pure.

import {
  type ApiChoice,
  apiChoiceOf,
  apiVersionOf,
  type RepairName,
  repairNames,
  repairSwitches,
} from '../../../main/contract/readOptions.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';

type Options = Readonly<Record<string, unknown>>;

export interface OptionFields {
  /** azure only; empty is the v1 API. */
  apiVersion: string;
  /** openai and azure. */
  api: ApiChoice;
  /** What may be changed in a request for the endpoint's sake. */
  repairs: Record<RepairName, boolean>;
}

/** Kinds with two APIs for conversations to choose from. */
export function hasApiChoice(kind: EndpointKind): boolean {
  return kind === 'openai' || kind === 'azure';
}

export function optionFieldsOf(options: Options): OptionFields {
  return {
    apiVersion: apiVersionOf(options) ?? '',
    api: apiChoiceOf(options),
    repairs: repairSwitches(options),
  };
}

/** Undefined where all are on. What was not touched stays as it was written. */
function repairsOption(repairs: OptionFields['repairs'], earlier: Options): unknown {
  const before = repairSwitches(earlier);
  if (repairNames.every((name) => repairs[name] === before[name])) return earlier.repairs;
  const written = typeof earlier.repairs === 'object' ? (earlier.repairs as Options) : {};
  const others = Object.entries(written).filter(([name]) => !repairNames.some((known) => known === name));
  const off = repairNames.filter((name) => !repairs[name]).map((name) => [name, false] as const);
  const all = [...others, ...off];
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

export function optionsOf(
  kind: EndpointKind,
  fields: OptionFields,
  earlier: Options,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...earlier, repairs: repairsOption(fields.repairs, earlier) };
  if (kind === 'azure') next.apiVersion = fields.apiVersion.trim() || undefined;
  if (hasApiChoice(kind)) next.api = fields.api === 'auto' ? undefined : fields.api;
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}
