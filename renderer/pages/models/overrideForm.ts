// The fields for a price and a context of one's own, and the override they come to. Pure.
import type { ModelOverride } from '../../../main/contract/schemas/settings.ts';

export const overrideFields = ['inputUsdPerMTok', 'outputUsdPerMTok', 'contextTokens'] as const;
export type OverrideField = (typeof overrideFields)[number];

/** Empty = as the data says. */
export type OverrideValues = Record<OverrideField, number | ''>;

export function valuesOfOverride(override: ModelOverride | undefined): OverrideValues {
  return {
    inputUsdPerMTok: override?.inputUsdPerMTok ?? '',
    outputUsdPerMTok: override?.outputUsdPerMTok ?? '',
    contextTokens: override?.contextTokens ?? '',
  };
}

/** The table with one model's override changed. What the form does not know of an override stays; an empty one goes. */
export function withOverride(
  overrides: Readonly<Record<string, ModelOverride>>,
  upstreamModel: string,
  values: OverrideValues,
): Record<string, ModelOverride> {
  const { [upstreamModel]: earlier, ...others } = overrides;
  const kept = Object.entries(earlier ?? {}).filter(
    ([name]) => !overrideFields.some((field) => field === name),
  );
  const given = overrideFields.flatMap((field) =>
    values[field] === '' ? [] : [[field, values[field]] as const],
  );
  const entries = [...kept, ...given];
  return entries.length === 0 ? others : { ...others, [upstreamModel]: Object.fromEntries(entries) };
}
