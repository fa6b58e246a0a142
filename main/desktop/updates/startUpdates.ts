// Updates as this program has them: Electron's parts put to the machine. What is loaded of it waits until it is needed.
import path from 'node:path';
import { app, net } from 'electron';
import { systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createUpdates, type Updates } from './createUpdates.ts';
import type { UpdateConfig } from './updateConfig.ts';
import type { UpdateEngine } from './updateEngine.ts';

/** A session of its own, in memory: the windows' session lets nothing out to a network, requests of ours included. */
const partition = 'updates';

interface Around {
  log: Log;
  /** An AppImage has another name from now on. */
  onMoved: (file: string) => void;
}

async function makeEngine(
  config: Extract<UpdateConfig, { base: URL }>,
  { log, onMoved }: Around,
): Promise<UpdateEngine> {
  const { base, publicKey, way } = config;
  const version = app.getVersion();
  const send: typeof net.request = (options) =>
    net.request({ ...(typeof options === 'string' ? { url: options } : options), partition });
  const source = { send, base, publicKey, platform: process.platform, arch: process.arch };
  if (way === 'page') {
    const { createPageEngine } = await import('./pageEngine.ts');
    return createPageEngine({ ...source, version });
  }
  const { createUpdaterEngine } = await import('./updaterEngine.ts');
  const userDataPath = app.getPath('userData');
  return createUpdaterEngine({
    source,
    log,
    onMoved,
    app: {
      version,
      name: 'Sluice',
      isPackaged: app.isPackaged,
      appUpdateConfigPath: path.join(process.resourcesPath, 'app-update.yml'),
      userDataPath,
      baseCachePath: path.join(userDataPath, 'updates'),
      whenReady: () => app.whenReady(),
      relaunch: () => {},
      quit: () => app.quit(),
      onQuit: (handler) => app.once('quit', (_event, exitCode) => handler(exitCode)),
    },
  });
}

export function startUpdates(config: UpdateConfig, around: Around): Updates {
  const on = 'base' in config;
  return createUpdates({
    version: app.getVersion(),
    way: on ? config.way : 'itself',
    page: config.page,
    source: on ? { engine: () => makeEngine(config, around) } : { off: config.off },
    isOnline: () => net.isOnline(),
    quit: () => app.quit(),
    clock: systemClock,
    random: Math.random,
    log: around.log,
  });
}
