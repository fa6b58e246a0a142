// How the desktop starts and ends when something is in its way.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import { answers, chat, clientKey } from './client.ts';
import type { Desktop, LaunchOptions } from './desktop.ts';
import { launchDesktop, startAgain } from './driver.ts';
import { createSlowUpstream } from './slowUpstream.ts';
import {
  desktopEnvironment,
  gatewayOf,
  logOf,
  makeDataDir,
  removeDataDir,
  repository,
} from './surroundings.ts';
import { until } from './until.ts';

const en = wordsFor('en', 'en');
const zh = wordsFor('zh-CN', 'en');

let dataDir: string;
let desktop: Desktop;

beforeEach(() => {
  dataDir = makeDataDir();
});

afterEach(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

async function launch(options: Omit<LaunchOptions, 'dataDir'> = {}): Promise<void> {
  desktop = await launchDesktop({
    dataDir,
    ...options,
    env: { SLUICE_CLIENT_KEY: clientKey, ...options.env },
  });
}

const labels = async () => (await desktop.tray.rows()).map(({ label }) => label);
const settingsFile = () => path.join(dataDir, 'settings.json');

function editSettings(change: (settings: { ui: Record<string, unknown> }) => void): void {
  const settings = existsSync(settingsFile()) ? JSON.parse(readFileSync(settingsFile(), 'utf8')) : {};
  settings.ui ??= {};
  change(settings);
  writeFileSync(settingsFile(), JSON.stringify(settings));
}

/** Holds a port on both families, as another program would. */
async function holdPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

test('started hidden it serves without a window; a second start shows one', async () => {
  await launch({ args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'on');
  expect(await answers(gatewayOf(dataDir))).toBe(true);
  expect(await desktop.windows()).toEqual([]);
  expect(await startAgain({ dataDir, args: ['--hidden'] })).toBe(0);
  expect(await desktop.windows()).toEqual([]);
  expect(await startAgain({ dataDir })).toBe(0);
  await until(desktop.windows, (windows) => windows.length === 1);
});

test('of eight starts at once one lives', async () => {
  let ended = 0;
  const starts = Array.from({ length: 8 }, async () => {
    const code = await startAgain({ dataDir, args: ['--hidden'] });
    ended++;
    return code;
  });
  await until(
    () => ended,
    (count) => count === 7,
    45_000,
  );
  const base = await until(
    () => gatewayOf(dataDir),
    (url) => url !== null,
    45_000,
  );
  expect(await answers(base)).toBe(true);
  process.kill(JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8')).pid, 'SIGTERM');
  const codes = await Promise.all(starts);
  // Windows knows no signal to end politely.
  const polite = process.platform === 'win32' ? 7 : 8;
  expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(polite);
});

test('a taken port is told in the tray and the window, and taken once it is free', async () => {
  const held = await holdPort();
  await launch({ env: { SLUICE_PORT: String(held.port) } });
  await until(desktop.tray.look, (look) => look === 'trouble');
  await until(labels, (shown) => shown.includes(en.portTaken(String(held.port))));
  await expect.poll(() => desktop.tray.tooltip()).toContain(en.portTaken(String(held.port)));
  const page = await desktop.page();
  await page.getByText(String(held.port)).first().waitFor();
  await held.release();
  await desktop.tray.click(en.switch);
  await until(desktop.tray.look, (look) => look === 'on');
  expect(await answers(`http://127.0.0.1:${held.port}`)).toBe(true);
});

test('where the port is taken the next free one is offered, and used from then on', async () => {
  const held = await holdPort();
  writeFileSync(settingsFile(), JSON.stringify({ server: { port: held.port } }));
  // A port that the environment names is not the program's to change.
  await launch({ args: ['--hidden'], env: { SLUICE_PORT: '' } });
  await until(desktop.tray.look, (look) => look === 'trouble');
  const isOffer = (label: string) => label === en.moveToPort(/\d+/.exec(label)?.[0] ?? '');
  const offer = (await until(labels, (all) => all.some(isOffer))).find(isOffer) ?? '';
  const next = Number(/\d+/.exec(offer)?.[0]);
  expect(next).toBeGreaterThan(held.port);
  await desktop.tray.click(offer);
  await until(desktop.tray.look, (look) => look === 'on');
  expect(await answers(`http://127.0.0.1:${next}`)).toBe(true);
  await expect.poll(() => desktop.tray.tooltip()).toContain(String(next));
  expect((await chat(`http://127.0.0.1:${next}`)).status).not.toBe(401);
  await until(
    () => JSON.parse(readFileSync(settingsFile(), 'utf8')).server.port,
    (port) => port === next,
  );
  await held.release();
});

test('a switch that could not be moved does not stay moved', async () => {
  const held = await holdPort();
  await launch({ env: { SLUICE_PORT: String(held.port) } });
  await until(desktop.tray.look, (look) => look === 'trouble');
  const rows = async () => (await desktop.tray.rows()).find(({ label }) => label === en.switch);
  await expect.poll(() => rows()).toMatchObject({ checked: false });
  await desktop.tray.click(en.switch);
  await until(rows, (item) => item?.checked === false && item.enabled);
  await expect.poll(() => desktop.tray.look()).toBe('trouble');
  await held.release();
});

test('a wrong setting is told, and the gateway is in order again once it is put right', async () => {
  writeFileSync(settingsFile(), '{ "server": { "maxBodyMB": "much" } }');
  await launch({ args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'trouble');
  await until(labels, (shown) => shown.includes(en.problems['settings-invalid']));
  await desktop.tray.click(en.problems['settings-invalid']);
  const page = await desktop.page();
  await page.getByText('server.maxBodyMB').first().waitFor();
  writeFileSync(settingsFile(), '{}');
  await until(desktop.tray.look, (look) => look === 'on');
});

test('it does not share its data folder with a headless gateway', async () => {
  const headless: ChildProcess = spawn(
    process.execPath,
    [path.join(repository, 'out', 'main', 'headless.js'), '--data-dir', dataDir, '--port', '0'],
    { env: { ...desktopEnvironment({ dataDir }) }, stdio: 'ignore' },
  );
  try {
    const base = await until(
      () => gatewayOf(dataDir),
      (url) => url !== null,
    );
    await launch();
    await until(desktop.tray.look, (look) => look === 'trouble');
    const [dialog] = await until(desktop.dialogs, (dialogs) => dialogs.length === 1);
    expect(dialog?.detail).toContain('already running');
    // Started again by a person who sees no window: told again, not twice.
    expect(await startAgain({ dataDir })).toBe(0);
    expect((await desktop.dialogs()).length).toBe(1);
    await desktop.answerDialog(2);
    expect(await startAgain({ dataDir })).toBe(0);
    await until(desktop.dialogs, (dialogs) => dialogs.length === 1);
    expect(gatewayOf(dataDir)).toBe(base);
    expect(await answers(base)).toBe(true);
  } finally {
    const gone = once(headless, 'exit');
    headless.kill('SIGTERM');
    await gone;
  }
  await desktop.tray.click(en.tryAgain);
  await until(desktop.tray.look, (look) => look === 'on');
});

test('told not to start the gateway, it waits for the switch', async () => {
  editSettings((settings) => {
    settings.ui.startGatewayOnLaunch = false;
  });
  await launch({ args: ['--hidden'] });
  await until(labels, (shown) => shown.includes(en.state.off));
  await expect.poll(() => desktop.tray.look()).toBe('off');
  expect(gatewayOf(dataDir)).toBeNull();
  await desktop.tray.click(en.switch);
  await until(desktop.tray.look, (look) => look === 'on');
});

test('language, theme and start at login follow the settings while it runs', async () => {
  await launch({ args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'on');
  await expect.poll(() => labels()).toContain(en.quit);
  const entry = path.join(dataDir, 'config', 'autostart', 'sluice.desktop');
  expect(existsSync(entry)).toBe(false);

  editSettings((settings) => {
    settings.ui = { ...settings.ui, language: 'zh-CN', theme: 'dark', launchAtLogin: true };
  });
  await until(labels, (shown) => shown.includes(zh.quit));
  await desktop.tray.click(zh.openWindow);
  const page = await desktop.page();
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  if (process.platform === 'linux')
    await until(
      () => (existsSync(entry) ? readFileSync(entry, 'utf8') : ''),
      (text) => /^Exec=".+" ".+" "--hidden"$/m.test(text),
    );

  editSettings((settings) => {
    settings.ui = { ...settings.ui, language: 'en', launchAtLogin: false };
  });
  await until(labels, (shown) => shown.includes(en.quit));
  await until(
    () => existsSync(entry),
    (present) => !present,
  );
});

test('asked by the system to end, it drains; sleep and waking change nothing', async () => {
  await launch({ args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'on');
  await desktop.power('suspend');
  await desktop.power('resume');
  expect(await answers(gatewayOf(dataDir))).toBe(true);
  if (process.platform === 'win32') return;
  desktop.terminate();
  expect(await desktop.exited).toBe(0);
  expect(gatewayOf(dataDir)).toBeNull();
  expect(logOf(dataDir)).not.toContain('unforeseen');
});

test('a second wish to quit is granted at once', async () => {
  const slow = await createSlowUpstream();
  onTestFinished(() => slow.close());
  writeFileSync(settingsFile(), JSON.stringify({ endpoints: [slow.endpoint] }));
  await launch({ args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'on');
  const answer = chat(gatewayOf(dataDir), { model: 'slow', stream: true });
  await until(desktop.tray.look, (look) => look === 'busy');
  await desktop.tray.click(en.quit);
  await until(labels, (shown) => shown.includes(en.quitNow));
  const before = performance.now();
  await desktop.tray.click(en.quitNow).catch(() => {});
  expect(await desktop.exited).toBe(0);
  expect(performance.now() - before).toBeLessThan(1_000);
  expect((await answer).text).not.toContain('[DONE]');
});
