// The menu entries of the Linux packages, as electron-builder computes them from a packed folder, before it makes the packages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { repository } from '../e2e/desktop/surroundings.ts';

/** `desktop`: the entry's text. */
type Computed = { desktop: string; desktopFileName: string } | [args: string[], desktopFile: string];

interface Builder {
  build(options: object): Promise<unknown>;
  Platform: { LINUX: { createTarget(targets: string[], arch: number): unknown } };
  Arch: { x64: number };
}

const builder: Builder = createRequire(import.meta.url)('electron-builder');

export interface MenuEntry {
  text: string;
  fileName: string;
}

function entryOf(computed: Computed): MenuEntry {
  if (!Array.isArray(computed)) return { text: computed.desktop, fileName: computed.desktopFileName };
  const [args, file] = computed;
  const place = args.find((arg) => arg.startsWith(`${file}=`)) ?? '';
  return { text: readFileSync(file, 'utf8'), fileName: path.posix.basename(place) };
}

/** `packed`: the folder that was made by `--linux dir`; nothing is left in `output`. */
export async function linuxEntries(packed: string, output: string): Promise<Record<string, MenuEntry>> {
  const entries: Record<string, MenuEntry> = {};
  for (const target of ['AppImage', 'deb'])
    await builder.build({
      projectDir: repository,
      targets: builder.Platform.LINUX.createTarget([target], builder.Arch.x64),
      prepackaged: packed,
      publish: 'never',
      config: { directories: { output, buildResources: 'resources' } },
      // True: that is all; no package is made.
      effectiveOptionComputed: async (computed: Computed) => {
        entries[target] = entryOf(computed);
        return true;
      },
    });
  return entries;
}
