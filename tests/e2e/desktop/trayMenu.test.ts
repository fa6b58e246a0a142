// What is switched in the tray's menu is switched in the gateway, and what happens in the gateway stands in the menu.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { wordsFor } from '../../../main/desktop/words.ts';
import type { TrayRow } from '../../electron/answerDriver.ts';
import { answers, chat, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const en = wordsFor('en', 'en');

let dataDir: string;
let desktop: Desktop;

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

const settingsFile = () => path.join(dataDir, 'settings.json');
const settings = (): SettingsInput => JSON.parse(readFileSync(settingsFile(), 'utf8'));

async function launch(given: SettingsInput, env: Record<string, string> = {}): Promise<void> {
  writeFileSync(settingsFile(), JSON.stringify(given));
  desktop = await launchDesktop({
    dataDir,
    args: ['--hidden'],
    env: { SLUICE_CLIENT_KEY: clientKey, ...env },
  });
}

const allOf = (rows: readonly TrayRow[]): TrayRow[] => rows.flatMap((row) => [row, ...allOf(row.submenu)]);
const rows = async (): Promise<TrayRow[]> => allOf(await desktop.tray.rows());
const labels = async (): Promise<string[]> => (await rows()).map(({ label }) => label);
const isMarked = async (label: string): Promise<boolean> =>
  (await rows()).some((row) => row.label === label && row.checked);
const places = async (): Promise<string[]> =>
  (await desktop.windows()).map(({ address }) => address.split('#')[1] ?? '');

const demo: SettingsInput = {
  endpoints: [
    { id: 'demo', name: 'Demo', baseUrl: 'demo://local/v1', models: ['demo'] },
    { id: 'spare', name: 'Spare', baseUrl: 'http://127.0.0.1:9/v1', models: ['other'] },
  ],
};

test('strategy, spending and endpoints are switched from the menu', async () => {
  await launch(demo);
  await until(desktop.tray.look, (look) => look === 'on');
  const base = gatewayOf(dataDir);
  await until(labels, (shown) => shown.includes('● Demo'));
  await expect.poll(() => isMarked(en.strategies.random)).toBe(true);

  await desktop.tray.click(en.strategies.fastest);
  await until(() => isMarked(en.strategies.fastest), Boolean);
  expect(settings().routing?.strategy).toBe('fastest');

  await desktop.tray.click(en.spending.for15);
  await until(labels, (shown) => shown.some((label) => label.startsWith('Spending: Paused until')));
  expect((await chat(base)).text).toContain('gateway_paused');
  await desktop.tray.click(en.spending.normal);
  await until(() => isMarked(en.spending.normal), Boolean);
  expect((await chat(base)).status).toBe(200);

  await desktop.tray.click('Spare');
  await until(labels, (shown) => shown.some((label) => label.startsWith('Spending: Spare alone until')));
  expect((await chat(base)).status).not.toBe(200);
  await desktop.tray.click(en.spending.normal);

  await desktop.tray.click('● Demo');
  await until(labels, (shown) => shown.includes(`○ Demo · ${en.health.off}`));
  expect(settings().endpoints?.[0]?.enabled).toBe(false);
  expect((await chat(base)).status).not.toBe(200);
  await desktop.tray.click(`○ Demo · ${en.health.off}`);
  await until(labels, (shown) => shown.includes('● Demo'));
  expect((await chat(base)).status).toBe(200);
  await until(labels, (shown) => shown.some((label) => /^Today: [1-9]\d* requests/.test(label)));
});

test('the doors of the menu open their pages', async () => {
  await launch(demo);
  await until(desktop.tray.look, (look) => look === 'on');
  await desktop.tray.click(en.logs);
  await until(places, (open) => open.includes('/settings/logs'));
  await desktop.tray.click(en.connect);
  await until(places, (open) => open.length === 1 && open[0] === '/connect');
});

test('the menu stays as it is while nothing changes, and while somebody looks at it', async ({ skip }) => {
  await launch(demo);
  if (desktop.kind === 'electron') skip('no system lets a test look at its tray');
  await until(
    labels,
    (shown) => shown.includes('● Demo') && shown.some((label) => label.startsWith('Today')),
  );
  // What the start still had to say has been said once nothing changes for a while.
  let before = Number.NaN;
  await until(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const seen = [before, await desktop.tray.menus()] as const;
      before = seen[1];
      return seen;
    },
    ([earlier, now]) => earlier === now,
  );

  await desktop.tray.lookAtMenu(true);
  const demoOff: SettingsInput = { ...settings(), routing: { strategy: 'priority' } };
  writeFileSync(settingsFile(), JSON.stringify(demoOff));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await desktop.tray.menus()).toBe(before);
  await expect.poll(() => isMarked(en.strategies.random)).toBe(true);
  await desktop.tray.lookAtMenu(false);
  await until(() => isMarked(en.strategies.priority), Boolean);
});

/** Holds a port, as another program would. */
async function holdPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

const useNext = (shown: readonly string[]): string | undefined =>
  shown.find((label) => /^Use Port \d+ Instead$/.test(label));

test('for a taken port the next free one is taken from the menu, and kept', async () => {
  const held = await holdPort();
  await launch({ ...demo, server: { port: held.port } }, { SLUICE_PORT: '' });
  await until(desktop.tray.look, (look) => look === 'trouble');
  const offer = useNext(await until(labels, (shown) => useNext(shown) !== undefined)) as string;
  const next = Number(/\d+/.exec(offer)?.[0]);
  expect(next).toBeGreaterThan(held.port);
  await desktop.tray.click(offer);
  await until(desktop.tray.look, (look) => look === 'on');
  await until(
    () => settings().server?.port,
    (port) => port === next,
  );
  expect(await answers(`http://127.0.0.1:${next}`)).toBe(true);
  await expect.poll(() => labels()).toContain(`http://localhost:${next}/v1`);
  expect(useNext(await labels())).toBeUndefined();
  await held.release();
});

test('the same from the window, which says the new address', async () => {
  const held = await holdPort();
  await launch({ ...demo, server: { port: held.port } }, { SLUICE_PORT: '' });
  await until(desktop.tray.look, (look) => look === 'trouble');
  await desktop.tray.click(en.openWindow);
  const page = await desktop.page();
  const button = page.getByRole('button', { name: /^Use \d+ instead$/ });
  await button.first().waitFor();
  const next = Number(/\d+/.exec((await button.first().textContent()) ?? '')?.[0]);
  await button.first().click();
  await page.getByText(`The gateway is at http://localhost:${next}/v1 now.`).last().waitFor();
  await until(desktop.tray.look, (look) => look === 'on');
  await held.release();
});

test('a port that somebody named on starting is not changed behind their back', async () => {
  const held = await holdPort();
  await launch(demo, { SLUICE_PORT: String(held.port) });
  await until(labels, (shown) => shown.includes(en.portTaken(String(held.port))));
  expect(useNext(await labels())).toBeUndefined();
  await held.release();
  await desktop.tray.click(en.switch);
  await until(desktop.tray.look, (look) => look === 'on');
});
