import {
  plainNetworkSchema,
  routingSchema,
  type Settings,
  serverSchema,
  timeoutsSchema,
  uiSchema,
  usageSettingsSchema,
} from '../../contract/schemas/settings.ts';
import type { SettingsView } from '../../contract/schemas/views.ts';
import { shownProxy } from '../concealed.ts';

function known<T extends object>(schema: { shape: object }, section: T): T {
  const names = new Set(Object.keys(schema.shape));
  return Object.fromEntries(Object.entries(section).filter(([name]) => names.has(name))) as T;
}

/** The sections the window edits, known fields only: what else stands in settings.json is the user's. */
export function settingsView(settings: Settings): SettingsView {
  return {
    version: settings.version,
    server: known(serverSchema, settings.server),
    network: known(plainNetworkSchema, { ...settings.network, proxy: shownProxy(settings.network.proxy) }),
    routing: known(routingSchema, settings.routing),
    timeouts: known(timeoutsSchema, settings.timeouts),
    usage: known(usageSettingsSchema, settings.usage),
    ui: known(uiSchema, settings.ui),
  };
}
