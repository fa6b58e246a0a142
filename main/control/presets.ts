import endpoints from '../../resources/presets/endpoints.json' with { type: 'json' };
import { ondemandModelMapping } from '../contract/ondemandModels.ts';
import { type Preset, presetSchema } from '../contract/schemas/views.ts';

/** Providers that people use, to start a new endpoint from. The names of on-demand.io's models have one table for all. */
export function endpointPresets(): Preset[] {
  return endpoints.map((preset) =>
    presetSchema.parse(
      preset.kind === 'ondemand' ? { ...preset, modelMapping: ondemandModelMapping() } : preset,
    ),
  );
}
