// For programs that a package manager put in place: it tells of a newer version, and leaves the rest to the download page.
import { type ChannelSource, fetchChannel } from './fetchChannel.ts';
import type { UpdateEngine } from './updateEngine.ts';
import { UpdateError } from './updateError.ts';
import { isNewer } from './version.ts';

export function createPageEngine(source: ChannelSource & { version: string }): UpdateEngine {
  const never = (): never => {
    throw new UpdateError('install', 'this program is renewed from its download page');
  };
  return {
    way: 'page',
    async check() {
      const { version, notes } = await fetchChannel(source);
      return isNewer(version, source.version) ? { version, notes, size: null } : null;
    },
    load: async () => never(),
    restart: never,
  };
}
