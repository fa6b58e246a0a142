// Which presets a picker shows, under which headings, and by which name. Pure.
import type { Preset } from '../../../main/contract/schemas/views.ts';

const presetGroups = ['often', 'china', 'world', 'local'] as const;
export type PresetGroup = (typeof presetGroups)[number];

export function presetName(preset: Preset, language: string): string {
  return (language.startsWith('zh') && preset.nameZh) || preset.name;
}

/** Letters and digits alone: "open router" finds OpenRouter. */
const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** By either name, by id, or by a part of the address. */
export function matchesPreset(preset: Preset, wanted: string): boolean {
  const { id, name, nameZh = '', baseUrl } = preset;
  return [id, name, nameZh, baseUrl].some((text) => plain(text).includes(plain(wanted)));
}

/** Groups that have something to show, in their order. */
export function groupPresets(
  presets: readonly Preset[],
  wanted: string,
): { group: PresetGroup; presets: Preset[] }[] {
  return presetGroups
    .map((group) => ({
      group,
      presets: presets.filter((preset) => preset.group === group && matchesPreset(preset, wanted)),
    }))
    .filter((part) => part.presets.length > 0);
}
