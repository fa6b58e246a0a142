// A newcomer's first hour with the desktop, from the first start to quitting in the middle of an answer.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import { answers, chat, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop, startAgain } from './driver.ts';
import { createSlowUpstream, type SlowUpstream } from './slowUpstream.ts';
import { gatewayOf, logOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const words = wordsFor('en', 'en');
const dataDir = makeDataDir();
const options = { dataDir, env: { SLUICE_CLIENT_KEY: clientKey } };
let desktop: Desktop;
let slow: SlowUpstream;

const row = async (label: string) => (await desktop.tray.rows()).find((item) => item.label === label);
const textOf = async () => (await desktop.page()).evaluate(() => document.body.innerText);
const drawnPixels = async () =>
  (await desktop.page()).evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');

beforeAll(async () => {
  slow = await createSlowUpstream();
  desktop = await launchDesktop(options);
});

afterAll(async () => {
  await desktop?.kill();
  await slow?.close();
  removeDataDir(dataDir);
});

test('the first start shows the window, the gateway is on', async () => {
  const page = await desktop.page();
  await page.getByRole('heading', { name: 'The gateway is on' }).waitFor();
  expect(await answers(gatewayOf(dataDir))).toBe(true);
  await expect.poll(() => desktop.tray.look()).toBe('on');
  await expect.poll(() => desktop.tray.tooltip()).toContain(words.state.on);
  await expect
    .poll(() => row(words.switch))
    .toMatchObject({ type: 'checkbox', checked: true, enabled: true });
});

test('the demo endpoint is added in the window', async () => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Add the demo endpoint' }).click();
  await page.getByText('Demo (no network)').first().waitFor();
});

test('a request from outside is answered, and the graph moves', async () => {
  const still = await drawnPixels();
  const answer = await chat(gatewayOf(dataDir));
  expect(answer.status).toBe(200);
  await until(textOf, (text) => /Last requests[\s\S]*demo/.test(text));
  await until(drawnPixels, (pixels) => pixels !== still && pixels.length > still.length);
  await until(desktop.tray.tooltip, (tooltip) => tooltip.includes(words.perMinute(1)));
});

test('the tray is busy while an answer streams', async () => {
  const file = path.join(dataDir, 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { endpoints: object[] };
  settings.endpoints.push(slow.endpoint);
  writeFileSync(file, JSON.stringify(settings));
  await until(
    () => desktop.tray.rows(),
    (rows) => JSON.stringify(rows).includes(slow.endpoint.name),
  );
  const answer = chat(gatewayOf(dataDir), { model: 'slow', stream: true });
  await until(desktop.tray.look, (look) => look === 'busy');
  slow.finish();
  const { status, text } = await answer;
  expect(status).toBe(200);
  expect(text).toContain('data: [DONE]');
  await until(desktop.tray.look, (look) => look === 'on');
});

test('the address is copied from the tray', async () => {
  const { address } = /(?<address>http:\S+)/.exec(await desktop.tray.tooltip())?.groups ?? {};
  await expect.poll(() => row(address ?? '')).toMatchObject({ enabled: false });
  await desktop.tray.click(words.copyAddress);
  await expect.poll(() => desktop.clipboard()).toBe(address);
  expect(await answers((address ?? '').replace(/\/v1$/, ''))).toBe(true);
});

test('switched off from the tray, nobody listens; switched on, it serves again', async () => {
  const base = gatewayOf(dataDir);
  await desktop.tray.click(words.switch);
  await until(desktop.tray.look, (look) => look === 'off');
  expect(await answers(base)).toBe(false);
  expect(gatewayOf(dataDir)).toBeNull();
  await expect.poll(() => row(words.switch)).toMatchObject({ checked: false });
  await expect.poll(() => row(words.copyAddress)).toBeUndefined();
  await until(textOf, (text) => /gateway is off/i.test(text));

  await desktop.tray.click(words.switch);
  await until(desktop.tray.look, (look) => look === 'on');
  expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  await until(textOf, (text) => /gateway is on/i.test(text));
});

test('the small window shows the same beside the full one, and goes when the person looks elsewhere', async () => {
  await desktop.tray.press();
  const panel = await desktop.page('panel');
  await panel.getByRole('switch', { name: 'Gateway' }).waitFor();
  await panel.getByRole('link', { name: /Demo/ }).first().waitFor();
  expect((await desktop.windows()).length).toBe(2);
  await desktop.lookElsewhere();
  await until(desktop.windows, (windows) => windows.length === 1);
  await until(textOf, (text) => /gateway is on/i.test(text));
});

test('after sleep the next request is answered, on the same address and with nobody blamed', async () => {
  const base = gatewayOf(dataDir);
  await desktop.power('suspend');
  await desktop.power('resume');
  expect((await chat(base)).status).toBe(200);
  expect(gatewayOf(dataDir)).toBe(base);
  await expect.poll(() => desktop.tray.look()).toBe('on');
});

test('the closed window is gone and the gateway serves on', async () => {
  await desktop.page();
  await desktop.resizeWindow(900, 640);
  await desktop.closeWindow();
  await until(desktop.windows, (windows) => windows.length === 0);
  expect(await until(desktop.strayPages, (pages) => pages === 0)).toBe(0);
  expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  expect(existsSync(path.join(dataDir, 'window.json'))).toBe(true);
});

test('opened again from the tray it has its size and finds the requests', async () => {
  await desktop.tray.click(words.openWindow);
  const page = await desktop.page();
  await until(textOf, (text) => /Last requests[\s\S]*demo/.test(text));
  const width = await page.evaluate(() => window.innerWidth);
  expect(Math.abs(width - 900)).toBeLessThan(30);
});

test('a crashed page costs the window, not the gateway', async () => {
  await desktop.crashRenderer();
  await until(desktop.windows, (windows) => windows.length === 0);
  expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  expect(logOf(dataDir)).toContain('process is gone');
  await desktop.tray.click(words.openWindow);
  await desktop.page();
  await until(textOf, (text) => /gateway is on/i.test(text));
});

test('started a second time, it ends at once and the first shows its window', async () => {
  await desktop.closeWindow();
  await until(desktop.windows, (windows) => windows.length === 0);
  const base = gatewayOf(dataDir);
  expect(await startAgain(options)).toBe(0);
  await until(desktop.windows, (windows) => windows.length === 1);
  expect(gatewayOf(dataDir)).toBe(base);
  expect(await answers(base)).toBe(true);
});

test('quitting lets the running answer end and leaves nothing behind', async () => {
  const base = gatewayOf(dataDir);
  const answer = chat(base, { model: 'slow', stream: true });
  await until(desktop.tray.look, (look) => look === 'busy');
  await desktop.tray.click(words.quit);
  await until(desktop.windows, (windows) => windows.length === 0);
  await expect.poll(() => row(words.quitNow)).toMatchObject({ enabled: true });
  expect((await chat(base)).status).toBe(503);
  slow.finish();
  const { status, text } = await answer;
  expect(status).toBe(200);
  expect(text).toContain('data: [DONE]');
  expect(await desktop.exited).toBe(0);
  expect(gatewayOf(dataDir)).toBeNull();
  expect(await answers(base)).toBe(false);
});
