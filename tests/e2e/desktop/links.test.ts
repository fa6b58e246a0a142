// A `sluice://` link as the system hands it over: in the arguments of the first start, and of a second one.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desktop } from './desktop.ts';
import { launchDesktop, startAgain } from './driver.ts';
import { logOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const secret = 'sk-link-canary-00000000-4f2a';
const link = `sluice://import?name=Team&baseUrl=http://llm.example.net:8080/v1&key=${secret}&models=m1`;

let dataDir: string;
let desktop: Desktop;

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

const settingsText = () => {
  const file = path.join(dataDir, 'settings.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test('a link that starts the program asks first; whoever cancels has changed nothing', async () => {
  desktop = await launchDesktop({ dataDir, args: [link] });
  const page = await desktop.page();
  const dialog = page.getByRole('dialog', { name: 'Add what this link brings?' });
  await dialog.waitFor();
  const text = await until(
    () => dialog.innerText(),
    (shown) => shown.includes('not encrypted'),
  );
  expect(text).toContain('http://llm.example.net:8080/v1');
  expect(text).toContain('••4f2a');
  expect(await page.content()).not.toContain('canary');
  await until(
    () => page.evaluate(() => document.activeElement?.textContent),
    (focused) => focused === 'Cancel',
  );
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(settingsText()).not.toContain('llm.example.net');
  expect(logOf(dataDir)).not.toContain('canary');
});

test('a link that comes to the running program waits for a click, and another one says why it does nothing', async () => {
  desktop = await launchDesktop({ dataDir, args: ['--hidden'] });
  await until(desktop.tray.look, (look) => look === 'on');
  expect(await startAgain({ dataDir, args: ['--', link] })).toBe(0);
  expect(await startAgain({ dataDir, args: ['--', 'sluice://wipe?all=1'] })).toBe(0);
  const page = await desktop.page();
  const dialog = page.getByRole('dialog', { name: 'Add what this link brings?' });
  await dialog.getByText('1 more link waits.').waitFor();
  expect(settingsText()).not.toContain('llm.example.net');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const refused = page.getByRole('dialog', { name: 'This link can’t be used' });
  await refused.waitFor();
  await refused.getByRole('button', { name: 'Close' }).last().click();
  await refused.waitFor({ state: 'detached' });
  await until(settingsText, (text) => text.includes('http://llm.example.net:8080/v1'));
  expect(settingsText()).not.toContain('canary');
  expect(await page.content()).not.toContain('canary');
  expect(logOf(dataDir)).not.toContain('canary');
});
