import type { Preset } from '../../../main/contract/schemas/views.ts';

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

/** The preset of the server an address leads to; null for a server nobody made one of. */
export function presetOf(presets: readonly Preset[], baseUrl: string): Preset | null {
  const host = hostOf(baseUrl);
  if (host === null || host === '') return null;
  // Azure's hosts are named by their resources.
  const azure = /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/i.test(host);
  return presets.find(({ id, baseUrl: own }) => (azure ? id === 'azure' : hostOf(own) === host)) ?? null;
}
