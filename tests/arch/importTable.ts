// Who may import whom: the table of ARCHITECTURE.md as data. A zone may always import itself.

export interface ZoneRule {
  /** Zones whose values may be imported. */
  values: readonly Zone[];
  /** Zones of which only types may be imported: ports that the composition root fills. */
  types?: readonly Zone[];
  /** Where set, the only packages this zone may import. */
  packages?: readonly string[];
}

const leaves = ['base', 'contract'] as const;

export const zones = [
  'contract',
  'base',
  'protocol',
  'registry',
  'guards',
  'store',
  'metering',
  'routing',
  'upstream',
  'gateway',
  'control',
  'server',
  'desktop',
  'platform',
  'core',
  'entries',
  'preload',
  'renderer',
] as const;
export type Zone = (typeof zones)[number];

const parts = zones.filter((zone) => !['core', 'entries', 'desktop', 'preload', 'renderer'].includes(zone));

export const importTable: Record<Zone, ZoneRule> = {
  contract: { values: [], packages: ['zod', '@orpc/contract'] },
  base: { values: ['contract'] },
  protocol: { values: leaves },
  registry: { values: leaves },
  guards: { values: leaves, types: ['registry'] },
  store: { values: leaves },
  metering: { values: ['protocol', ...leaves], types: ['registry'] },
  routing: { values: ['registry', 'guards', ...leaves] },
  upstream: { values: ['protocol', ...leaves], types: ['registry'] },
  gateway: {
    values: ['routing', 'guards', 'registry', 'upstream', 'protocol', 'metering', ...leaves],
    types: ['store'],
  },
  control: { values: ['registry', 'store', 'guards', 'upstream', ...leaves], types: ['routing', 'platform'] },
  server: {
    values: ['gateway', 'control', 'protocol', ...leaves],
    types: ['registry', 'guards', 'upstream', 'platform'],
  },
  platform: { values: leaves, types: ['store'] },
  desktop: { values: ['control', 'guards', 'platform', ...leaves], types: ['core', 'store'] },
  core: { values: parts },
  entries: { values: [...parts, 'core', 'desktop'] },
  preload: { values: [], types: ['contract'], packages: ['electron'] },
  renderer: { values: ['contract'], types: ['control'] },
};

/** The zone a file belongs to, by its path from the repository's root (with forward slashes); null where no rule holds. */
export function zoneOf(file: string): Zone | null {
  const [top, second = '', third] = file.split('/');
  if (top === 'preload' || top === 'renderer') return top;
  if (top !== 'main') return null;
  if (third !== undefined) return zones.find((zone) => zone === second) ?? null;
  const name = second.replace(/\.ts$/, '');
  if (name === 'core' || name === 'platform') return name;
  return 'entries';
}

/** Electron's own modules belong to the desktop alone. */
export function mayUseElectron(file: string): boolean {
  return file.startsWith('main/desktop/') || file === 'main/desktop.ts' || file.startsWith('preload/');
}
