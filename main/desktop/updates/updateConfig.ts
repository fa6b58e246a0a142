// Whether this copy of the program takes updates, from where and in which way. It reads two small files of the package.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UpdateState, UpdateView } from '../../contract/schemas/update.ts';

export type UpdateConfig =
  | { off: Extract<UpdateState, { state: 'off' }>['reason']; page: string | null }
  | { base: URL; publicKey: string; way: UpdateView['way']; page: string };

export interface Installed {
  packaged: boolean;
  /** Where the packer puts `app-update.yml`, and for packages of a system `package-type`. */
  resources: string;
  publicKey: string | null;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The channel's folder, ending with a slash; null where there is none, or one that is not https. */
export function channelBase(appUpdate: string): URL | null {
  const found = /^url:[ \t]*(['"]?)(\S+)\1[ \t]*$/m.exec(appUpdate)?.[2];
  if (!found || !URL.canParse(found)) return null;
  const url = new URL(found.replace(/\/*$/, '/'));
  return url.protocol === 'https:' && !url.username && !url.search ? url : null;
}

/** The page on which people find what the channel holds. */
export function downloadPage(base: URL): string {
  return base.href.replace(/\/download\/$/, '');
}

export function updateConfig({ packaged, resources, publicKey, platform, env }: Installed): UpdateConfig {
  if (!packaged) return { off: 'development', page: null };
  const base = channelBase(readText(path.join(resources, 'app-update.yml')) ?? '');
  if (!base) return { off: 'no-channel', page: null };
  const page = downloadPage(base);
  if (!publicKey) return { off: 'no-key', page };
  const itself = platform !== 'linux' || env.APPIMAGE !== undefined;
  return { base, publicKey, way: itself ? 'itself' : 'page', page };
}
