import endpoints from '../../resources/presets/endpoints.json' with { type: 'json' };
import { type Preset, presetSchema } from '../contract/schemas/views.ts';

/** Providers that people use, to start a new endpoint from. */
export function endpointPresets(): Preset[] {
  return endpoints.map((preset) => presetSchema.parse(preset));
}
