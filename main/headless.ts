// The program without a desktop: flags and environment -> platform -> core -> listen; signals -> drain -> exit.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock } from './base/clock.ts';
import { formatLogLine, type LogSink } from './base/log.ts';
import { settingDefaults } from './contract/settingDefaults.ts';
import { type Core, createCore } from './core.ts';
import { thisMachine, watchNetwork } from './guards/watchNetwork.ts';
import { FlagError, type HeadlessFlags, readFlags, usage } from './headlessFlags.ts';
import type { Platform } from './platform.ts';
import { AddressUnusableError, PortTakenError } from './server/listener.ts';
import { openConfSettingsFile } from './store/confSettingsFile.ts';
import { DataDirInUseError } from './store/dataDirLock.ts';
import { anotherSluice } from './store/holderSocket.ts';
import { createLogFile, type LogFile } from './store/logFile.ts';
import { readRuntimeFile } from './store/runtimeFile.ts';
import { sluiceOnPort } from './store/runtimeNotice.ts';
import { SettingsInvalidError } from './store/settingsInvalidError.ts';

const exitCodes = { stopped: 0, failed: 1, badSettings: 2, portTaken: 3 } as const;

/** Where programs of this user keep their data, by platform; the same folder as the desktop program's. */
function defaultDataDir(): string {
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Sluice');
  if (process.platform === 'win32')
    return path.join(process.env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Sluice');
  return path.join(process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'Sluice');
}

/** Beside the bundle in `out/`, or in the source tree after a build. */
function findRenderer(): string | null {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const found = [path.join(here, '..', 'renderer'), path.join(here, '..', 'out', 'renderer')].find((folder) =>
    fs.existsSync(path.join(folder, 'assets')),
  );
  return found ? path.resolve(found) : null;
}

function createSink(file: LogFile): LogSink {
  return (entry) => {
    const line = `${formatLogLine(entry)}\n`;
    (entry.level === 'error' || entry.level === 'warn' ? process.stderr : process.stdout).write(line);
    file.sink(entry);
  };
}

/** Throws FlagError: there may be a file of that name, or no right to make a folder there. */
function makeDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new FlagError(
      `The data folder ${dataDir} can't be made (${why}). Name another with --data-dir or SLUICE_DATA_DIR.`,
    );
  }
}

/** Throws FlagError: without a desktop nobody can be asked for it. */
function checkVault({ vault, vaultPassphrase }: HeadlessFlags): void {
  if (vault === 'file' && vaultPassphrase === null)
    throw new FlagError(
      'The file vault needs a passphrase: set SLUICE_VAULT_PASSPHRASE, or choose another with --vault.',
    );
}

function buildPlatform(flags: HeadlessFlags): Platform {
  checkVault(flags);
  const dataDir = path.resolve(flags.dataDir ?? defaultDataDir());
  makeDataDir(dataDir);
  const file = createLogFile(dataDir);
  return {
    shell: 'headless',
    version: packageJson.version,
    dataDir,
    rendererDir: findRenderer(),
    settingsFile: openConfSettingsFile(dataDir),
    importFile: flags.configFile,
    overrides: { host: flags.host, port: flags.port },
    vault: { choice: flags.vault, passphrase: flags.vaultPassphrase },
    adminToken: flags.adminToken,
    clientKey: flags.clientKey,
    redisUrl: flags.redisUrl,
    env: process.env,
    log: { level: flags.logLevel, sink: createSink(file), file },
    clock: systemClock,
    copyText: null,
    showOnce: (label, secret) => void process.stdout.write(`${label}: ${secret}\n`),
  };
}

/** Where this process was to listen, for as long as nobody has read the settings as a whole. */
function wantedPort({ overrides, settingsFile }: Platform): number {
  if (overrides.port !== null) return overrides.port;
  try {
    const document = JSON.parse(String(settingsFile.read())) as { server?: { port?: number } } | null;
    return document?.server?.port ?? settingDefaults.server.port;
  } catch {
    return settingDefaults.server.port;
  }
}

/** Says what is wrong in one line and how to mend it. */
async function explain(error: unknown, platform: Platform | null): Promise<{ code: number; line: string }> {
  if (
    error instanceof FlagError ||
    error instanceof SettingsInvalidError ||
    error instanceof AddressUnusableError
  ) {
    return { code: exitCodes.badSettings, line: error.message };
  }
  if (error instanceof PortTakenError) {
    const holder = await sluiceOnPort(error.port);
    const line = holder ? error.message.replace('another program', anotherSluice(holder)) : error.message;
    return { code: exitCodes.portTaken, line };
  }
  if (error instanceof DataDirInUseError && platform) {
    const port = readRuntimeFile(platform.dataDir)?.port;
    if (port === wantedPort(platform))
      return { code: exitCodes.portTaken, line: `Port ${port} is taken. ${error.message}` };
  }
  return { code: exitCodes.failed, line: error instanceof Error ? error.message : String(error) };
}

/** What a shell or `timeout` sends to a whole process group arrives twice: from them and from npm. */
const echoMs = 300;

/** One signal drains; a second one ends at once. */
function stopOnSignals(core: Core): void {
  let stoppingSince: number | null = null;
  const onSignal = (): void => {
    const now = systemClock.monotonic();
    if (stoppingSince !== null) {
      if (now - stoppingSince > echoMs) process.exit(exitCodes.failed);
      return;
    }
    stoppingSince = now;
    core.close().then(
      () => process.exit(exitCodes.stopped),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(exitCodes.failed);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // conf's writer answers a signal by sending it again, which would look like a second one.
    process.removeAllListeners(signal);
    process.on(signal, onSignal);
  }
}

const crashDrainMs = 5_000;

/** A fault nobody foresaw: say so, let running answers end, and leave with a failure, so that a supervisor starts afresh. */
function stopOnFault(core: Core, platform: Platform): void {
  const leave = (): never => process.exit(exitCodes.failed);
  let leaving = false;
  const onFault = (error: unknown): void => {
    // A second one, on the way out: left to the runtime it would be printed as it is, secrets and all.
    if (leaving) leave();
    leaving = true;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const facts = { error: core.redact(message) };
    platform.log.sink({
      time: systemClock.now(),
      level: 'error',
      message: 'Sluice stops after an unexpected fault',
      facts,
    });
    core.close({ drainMs: crashDrainMs }).then(leave, leave);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}

/** The database's native part ends older ones without a word. */
const oldestNode = 24;

async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    process.stderr.write(
      `Node ${process.versions.node} is too old: version ${oldestNode} or later is needed.\n`,
    );
    process.exit(exitCodes.badSettings);
  }
  // Everything made from here on is for this user alone.
  process.umask(0o077);
  const flags = readFlags(process.argv.slice(2), process.env);
  if (flags.help) {
    process.stdout.write(usage);
    return;
  }
  const platform = buildPlatform(flags);
  try {
    const core = await createCore(platform);
    stopOnSignals(core);
    stopOnFault(core, platform);
    // Nothing here knows for certain that there is no way out; that there is another one, and that time was lost, can be seen.
    watchNetwork({ ...thisMachine, uplink: core.uplink, isOnline: () => true });
    await core.lifecycle.start();
    const { failure } = core.lifecycle;
    if (failure) {
      await core.close({ drainMs: 0 });
      throw failure;
    }
    const { address } = core.lifecycle.status();
    const dashboard = platform.rendererDir ? ` Dashboard: ${address?.replace(/\/v1$/, '/')}` : '';
    process.stdout.write(`Sluice ${platform.version} serves ${address}.${dashboard}\n`);
  } catch (error) {
    const { code, line } = await explain(error, platform);
    process.stderr.write(`${line}\n`);
    process.exit(code);
  }
}

main().catch(async (error: unknown) => {
  const { code, line } = await explain(error, null);
  process.stderr.write(`${line}\n`);
  process.exit(code);
});
