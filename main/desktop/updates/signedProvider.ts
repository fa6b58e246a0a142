// Tells electron-updater of a new version: what was verified is handed over as it was read, and nothing else is ever asked.
import { type AppUpdater, Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { fileFor } from './channelFile.ts';
import { type ChannelSource, fetchChannel } from './fetchChannel.ts';

interface SignedProviderOptions {
  readonly provider: 'custom';
  readonly source: ChannelSource;
}

export class SignedProvider extends Provider<UpdateInfo> {
  readonly #source: ChannelSource;
  constructor({ source }: SignedProviderOptions, _updater: AppUpdater, runtime: ProviderRuntimeOptions) {
    super(runtime);
    this.#source = source;
  }

  /** Throws UpdateError. */
  override async getLatestVersion(): Promise<UpdateInfo> {
    const channel = await fetchChannel(this.#source);
    const { url, sha512, size } = fileFor(channel, this.#source.platform, this.#source.arch);
    return {
      version: channel.version,
      releaseNotes: channel.notes,
      releaseDate: '',
      files: [{ url, sha512, size }],
      path: url,
      sha512,
    };
  }

  override resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#source.base), info }));
  }

  /** It would send a number that tells one installation from another. */
  override setRequestHeaders(): void {}
}
