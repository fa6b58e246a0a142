import type { WindowKind } from './desktop.ts';

/** Which window shows this address; null for pages that are none of ours. The stand-in's pages live on https. */
export function kindOf(address: string): WindowKind | null {
  if (!/^(?:app|https):/.test(address)) return null;
  return new URL(address).hash === '#/tray' ? 'panel' : 'full';
}
