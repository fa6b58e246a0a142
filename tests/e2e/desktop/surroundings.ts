// Where a desktop under test lives: its data folder, its environment, and what it leaves in them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LaunchOptions } from './desktop.ts';

export const repository = path.join(import.meta.dirname, '..', '..', '..');

/** A vault of its own kind, a free port, and none of the machine's own settings. */
export function desktopEnvironment(options: LaunchOptions): Record<string, string> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:SLUICE_|PORT$|REDIS_URL$|NODE_|VITEST|ELECTRON_RUN_AS_NODE)/.test(name),
  );
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    XDG_CONFIG_HOME: path.join(options.dataDir, 'config'),
    LANGUAGE: 'en_US',
    // What this machine's panel shows is no part of a test.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    SLUICE_DATA_DIR: options.dataDir,
    SLUICE_VAULT: 'memory',
    SLUICE_PORT: '0',
    SLUICE_TEST_HOOK: '1',
    ...options.env,
  };
}

export function makeDataDir(): string {
  return mkdtempSync(path.join(tmpdir(), 'sluice-desktop-'));
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** `http://127.0.0.1:PORT` of the running gateway, or null while there is none. */
export function gatewayOf(dataDir: string): string | null {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8')).url;
  } catch {
    return null;
  }
}

export function logOf(dataDir: string): string {
  try {
    return readFileSync(path.join(dataDir, 'logs', 'sluice.log'), 'utf8');
  } catch {
    return '';
  }
}
