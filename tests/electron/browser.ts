// The Chromium behind the windows: started with the first of them, ended with the program.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from './findChromium.ts';

const startMs = 20_000;
const pidFile = 'stand-in.pid';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--no-first-run',
  '--no-default-browser-check',
  '--password-store=basic',
  '--use-mock-keychain',
  // Nothing of a window may reach a network, whatever a test lets slip through.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--remote-debugging-port=0',
];

export interface StandInBrowser {
  context: BrowserContext;
  /** For the tests to attach to the same pages. */
  endpoint: string;
  pid: number;
}

async function endpointOf(profile: string, child: ChildProcess): Promise<string> {
  const file = path.join(profile, 'DevToolsActivePort');
  for (let waited = 0; waited < startMs; waited += 25) {
    if (child.exitCode !== null) throw new Error(`Chromium ended with code ${child.exitCode}`);
    const [port, address] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port && address) return `ws://127.0.0.1:${port}${address}`;
    await delay(25);
  }
  throw new Error('Chromium did not open its debugging port');
}

/** `profile` is the session's folder, so that what a page stores is there after a restart. */
export async function startBrowser(profile: string): Promise<StandInBrowser> {
  const program = findChromium();
  if (!program) throw new Error('there is no Chromium for the windows');
  mkdirSync(profile, { recursive: true });
  rmSync(path.join(profile, 'DevToolsActivePort'), { force: true });
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  writeFileSync(path.join(profile, pidFile), String(pid));
  process.once('exit', () => endBrowser(pid));
  const endpoint = await endpointOf(profile, child);
  const browser = await chromium.connectOverCDP(endpoint);
  const context = browser.contexts()[0];
  if (!context) throw new Error('Chromium has no context');
  return { context, endpoint, pid };
}

/** The Chromium of a program that was killed and could not end it. */
export function endBrowserOf(profile: string): void {
  const file = path.join(profile, pidFile);
  if (existsSync(file)) endBrowser(Number(readFileSync(file, 'utf8')));
}

/** With all of its processes. */
export function endBrowser(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended before.
  }
}
