// Our own settings, as they are exported or as settings.json holds them.
import type { ClientKey } from '../../../contract/schemas/clientKey.ts';
import { networkSpots, vaultRefOf } from '../../../registry/secretSpots.ts';
import { migrateSettings } from '../../../store/configMigrations.ts';
import { withIds } from '../../../store/missingIds.ts';
import { parseSettings } from '../../../store/parseSettings.ts';
import {
  createGathering,
  type Incoming,
  type IncomingSections,
  isObject,
  type Json,
  withoutReferences,
} from '../incoming.ts';

const sections = ['server', 'network', 'routing', 'timeouts', 'usage', 'ui'] as const;

export function isOwnSettings(document: Json): boolean {
  return Array.isArray(document.endpoints) || sections.some((name) => isObject(document[name]));
}

/** Only what the file itself says: a section's other fields keep what they are. */
function sectionsOf(document: Json, settings: Json): IncomingSections {
  const found: Json = {};
  for (const name of sections) {
    const [written, read] = [document[name], settings[name]];
    if (!isObject(written) || !isObject(read)) continue;
    found[name] = Object.fromEntries(Object.keys(written).map((field) => [field, read[field]]));
  }
  return found as IncomingSections;
}

/** A reference to some secret of this machine is no old secret of a key from elsewhere. */
function withoutOldRef({ previous, ...key }: ClientKey): ClientKey {
  return previous && vaultRefOf(previous.secret) === null ? { ...key, previous } : key;
}

/** Throws SettingsInvalidError that names the wrong field. */
export function readOwnSettings(written: Json): Incoming {
  const document = withIds(migrateSettings(written));
  const settings = parseSettings(document);
  const found = createGathering();
  for (const endpoint of settings.endpoints) {
    const name = endpoint.name || endpoint.id;
    const lost = withoutReferences(endpoint);
    if (lost || endpoint.accounts.some(({ secret }) => secret === undefined)) found.note('no-secrets', name);
    found.endpoint(endpoint, name);
  }
  for (const { secret, remove } of networkSpots(settings)) if (vaultRefOf(secret) !== null) remove();
  return {
    source: 'sluice',
    endpoints: found.endpoints,
    clientKeys: settings.clientKeys.filter(({ secret }) => vaultRefOf(secret) === null).map(withoutOldRef),
    sections: sectionsOf(document, settings),
    notes: found.notes,
  };
}
