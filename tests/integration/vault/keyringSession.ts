// A session bus with the real gnome-keyring on it, for one test: nothing of the machine's own session is touched.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { connectDBus, type DBus } from '../../../main/store/dbus.ts';
import { readKeyringState } from '../../../main/store/secretService.ts';

export interface KeyringSession {
  /** What a program of this session has in its environment. */
  readonly environment: Record<string, string>;
  readonly folder: string;
  /** Starts the keyring daemon with its login keyring open (and makes that keyring the first time). */
  startOpen(): Promise<void>;
  lock(): Promise<void>;
  /** The daemon's process id. */
  readonly pid: number;
  stopDaemon(): Promise<void>;
  close(): Promise<void>;
}

function isHere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Why no bus can be started here, or null. */
export function missingForBus(): string | null {
  if (process.platform !== 'linux') return 'the session bus is a thing of Linux';
  return isHere('dbus-daemon') ? null : 'dbus-daemon not installed; Debian: dbus';
}

/** Why these tests can't run here, or null. */
export function missingForKeyring(): string | null {
  if (process.platform !== 'linux') return 'the Secret Service is a thing of Linux';
  const missing = ['dbus-daemon', 'gnome-keyring-daemon'].filter((program) => !isHere(program));
  if (missing.length > 0) return `${missing.join(' and ')} not installed; Debian: dbus, gnome-keyring`;
  try {
    createRequire(import.meta.url)('keytar');
    return null;
  } catch {
    return "keytar can't be loaded; Debian: libsecret-1-0";
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

const loginKeyring = '/org/freedesktop/secrets/collection/login';

/** Only a bus: no keyring service can be had on it. */
export async function startBus(): Promise<Omit<KeyringSession, 'startOpen' | 'lock' | 'pid' | 'stopDaemon'>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-bus-'));
  const address = `unix:path=${folder}/bus`;
  // A configuration of its own, without service folders: nothing on this machine is started by it.
  const config = path.join(folder, 'bus.conf');
  fs.writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>${address}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`,
  );
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: path.join(folder, 'share'),
    DBUS_SESSION_BUS_ADDRESS: address,
  };
  const bus = spawn('dbus-daemon', ['--nofork', `--config-file=${config}`], {
    env: environment,
    stdio: 'ignore',
  });
  for (let tries = 0; !fs.existsSync(path.join(folder, 'bus')); tries++) {
    if (tries > 250) throw new Error('dbus-daemon does not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    environment,
    folder,
    async close() {
      await ended(bus, 'SIGTERM');
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startKeyringSession(): Promise<KeyringSession> {
  const { environment, folder, close } = await startBus();
  let daemon: ChildProcess | null = null;

  return {
    environment,
    folder,
    get pid() {
      return daemon?.pid ?? 0;
    },
    async startOpen() {
      daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: environment,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      daemon.stdin?.end('session password');
      for (let tries = 0; (await readKeyringState(environment)).state !== 'ready'; tries++) {
        if (tries > 250) throw new Error('gnome-keyring-daemon does not open');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async lock() {
      const bus = await connectDBus(environment.DBUS_SESSION_BUS_ADDRESS ?? '', process.geteuid?.() ?? 0);
      await bus.call({
        destination: 'org.freedesktop.secrets',
        path: '/org/freedesktop/secrets',
        interface: 'org.freedesktop.Secret.Service',
        member: 'Lock',
        signature: 'ao',
        body: [[loginKeyring]],
      });
      bus.close();
    },
    async stopDaemon() {
      if (!daemon) return;
      process.kill(daemon.pid ?? 0, 'SIGCONT');
      await ended(daemon, 'SIGTERM');
      daemon = null;
    },
    async close() {
      if (daemon) {
        daemon.kill('SIGCONT');
        await ended(daemon, 'SIGKILL');
      }
      await close();
    },
  };
}

/** A panel that shows tray icons: it has the name as long as it is connected. */
export async function startPanel(environment: Record<string, string>): Promise<DBus> {
  const panel = await connectDBus(environment.DBUS_SESSION_BUS_ADDRESS ?? '', process.geteuid?.() ?? 0);
  await panel.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'RequestName',
    signature: 'su',
    body: ['org.kde.StatusNotifierWatcher', 0],
  });
  return panel;
}
