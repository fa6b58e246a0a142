// A Linux desktop whose panel shows no icons: it is said once, the window takes the icon's place, and a panel that comes is taken up.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import { missingForBus, startBus, startPanel } from '../../integration/vault/keyringSession.ts';
import { answers, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const en = wordsFor('en', 'en');
const missing = missingForBus();

let dataDir: string;
let desktop: Desktop;

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

test.skipIf(missing !== null)(`without a panel (${missing ?? 'a bus is here'})`, async ({ skip }) => {
  const { environment, close } = await startBus();
  const address = environment.DBUS_SESSION_BUS_ADDRESS ?? '';
  const launch = async () => {
    const env = { SLUICE_CLIENT_KEY: clientKey, DBUS_SESSION_BUS_ADDRESS: address };
    desktop = await launchDesktop({ dataDir, args: ['--hidden'], env });
  };
  const hasTray = () => desktop.tray.look().then(Boolean, () => false);
  try {
    await launch();
    if (desktop.kind === 'electron') skip('only the stand-in tells whether an icon is there');
    const [said] = await until(desktop.dialogs, (dialogs) => dialogs.length === 1);
    expect(said?.message).toBe(en.noTray.message);
    expect(said?.detail).toContain('AppIndicator');
    await desktop.answerDialog(0);
    await until(desktop.windows, (windows) => windows.length === 1);
    expect(await hasTray()).toBe(false);
    await desktop.closeWindow();
    await until(desktop.windows, (windows) => windows.length === 0);
    await until(() => answers(gatewayOf(dataDir)), Boolean);

    const panel = await startPanel({ DBUS_SESSION_BUS_ADDRESS: address });
    await until(hasTray, Boolean);
    await expect.poll(() => desktop.tray.look()).toBe('on');
    panel.close();
    await until(hasTray, (shown) => !shown);
    await until(desktop.windows, (windows) => windows.length === 1);
    expect(await desktop.dialogs()).toEqual([]);

    await desktop.kill();
    await launch();
    await until(desktop.windows, (windows) => windows.length === 1);
    expect(await desktop.dialogs()).toEqual([]);
  } finally {
    await close();
  }
});
