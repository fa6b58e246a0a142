// The small window at the tray's icon: it comes on a click, tells and switches, leads into the full one, and leaves nothing behind.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import { answers, chat, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';
import { kindOf } from './windowKind.ts';

const demo = { id: 'demo', kind: 'openai', name: 'Demo one', baseUrl: 'demo://local/v1' };
const off = { ...demo, id: 'spare', name: 'Spare', enabled: false };

let dataDir: string;
let desktop: Desktop;

beforeEach(() => {
  dataDir = makeDataDir();
});

afterEach(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

async function launch(settings: Record<string, unknown> = { endpoints: [demo, off] }): Promise<void> {
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
  desktop = await launchDesktop({ dataDir, args: ['--hidden'], env: { SLUICE_CLIENT_KEY: clientKey } });
  await until(desktop.tray.look, (look) => look === 'on');
}

/** A person's clicks are not as quick as the test's: one that follows at once is part of the one before. */
const betweenClicks = () => new Promise((resolve) => setTimeout(resolve, 600));

const shown = async () => (await desktop.windows()).map(({ address }) => kindOf(address));

async function openPanel() {
  await desktop.tray.press();
  const page = await desktop.page('panel');
  await page.getByRole('switch', { name: /^(Gateway|网关开关)$/ }).waitFor();
  return page;
}

async function expectGone(): Promise<void> {
  await until(desktop.windows, (windows) => windows.length === 0);
  await until(desktop.strayPages, (pages) => pages === 0);
}

test('a click on the icon opens it, small and whole on the screen, with figures that live', async () => {
  await launch();
  const page = await openPanel();
  const [window] = await desktop.windows();
  expect(window?.bounds).toMatchObject({ width: 400, height: 620 });
  expect(window?.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
  });
  if (desktop.kind === 'stand-in') {
    // The panel is at the foot of its screen of 1920 × 1080, and the cursor on it.
    expect(window?.bounds.x).toBeGreaterThan(1400);
    expect((window?.bounds.y ?? 0) + 620).toBeGreaterThan(1000);
    expect((window?.bounds.y ?? 0) + 620).toBeLessThanOrEqual(1040);
  }
  await page.getByRole('link', { name: /Demo one/ }).waitFor();
  await expect.poll(() => page.locator('nav').count()).toBe(0);
  const drawn = () => page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');
  const still = await drawn();
  expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  await until(
    () => page.getByLabel('Last minute').innerText(),
    (text) => /Requests\s*1/.test(text),
  );
  await until(drawn, (pixels) => pixels.length > still.length);
  await until(
    () => page.getByLabel('Today', { exact: true }).innerText(),
    (text) => /Today\s*1\s/.test(text),
  );
});

test('the gateway is switched off and on from it, an endpoint back into use', async () => {
  await launch();
  const page = await openPanel();
  const base = gatewayOf(dataDir);
  // The switch itself lies below its own drawing.
  const gateway = page.getByRole('switch', { name: 'Gateway' });
  await gateway.press('Space');
  await until(desktop.tray.look, (look) => look === 'off');
  expect(await answers(base)).toBe(false);
  // While it changes it can't be pressed.
  await expect.poll(() => gateway.isEnabled()).toBe(true);
  await expect.poll(() => gateway.isChecked()).toBe(false);
  await gateway.press('Space');
  await until(desktop.tray.look, (look) => look === 'on');
  expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  const spare = page.getByRole('switch', { name: 'Spare in use' });
  await expect.poll(() => spare.isEnabled()).toBe(true);
  await spare.press('Space');
  await until(
    () => page.getByRole('switch').count(),
    (count) => count === 1,
  );
  await expect.poll(() => desktop.windows()).toHaveLength(1);
});

describe('it is gone without a trace', () => {
  test('after a second click on the icon, which does not open it again', async () => {
    await launch();
    await openPanel();
    await desktop.tray.press();
    await expectGone();
    await betweenClicks();
    expect(await desktop.windows()).toEqual([]);
    await openPanel();
  });

  test('once the person looks elsewhere', async () => {
    await launch();
    await openPanel();
    await desktop.lookElsewhere();
    await expectGone();
    expect((await chat(gatewayOf(dataDir))).status).toBe(200);
  });

  test('on Escape, which closes an open menu first', async () => {
    await launch();
    const page = await openPanel();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor({ state: 'hidden' });
    await expect.poll(() => desktop.windows()).toHaveLength(1);
    await page.keyboard.press('Escape');
    await expectGone();
  });
});

test('what is looked at closer opens the full window at its place', async () => {
  await launch();
  const page = await openPanel();
  await page.getByRole('link', { name: /Demo one/ }).click();
  const full = await desktop.page();
  await expect.poll(() => new URL(full.url()).hash).toBe('#/endpoints/demo');
  await until(shown, (kinds) => kinds.join() === 'full');
  await until(desktop.strayPages, (pages) => pages === 0);
});

test('a full window that is there already is led on, and keeps its page', async () => {
  await launch();
  await desktop.tray.click(wordsFor('en', 'en').openWindow);
  const full = await desktop.page();
  await full.evaluate(() => Object.assign(window, { same: true }));
  const page = await openPanel();
  await page.getByRole('link', { name: 'Connect a client' }).click();
  await until(
    () => new URL(full.url()).hash,
    (hash) => hash === '#/connect',
  );
  await full.getByRole('heading', { name: 'Connect a client' }).waitFor();
  await expect.poll(() => full.evaluate(() => 'same' in window)).toBe(true);
  await expect.poll(() => shown()).toEqual(['full']);
});

test('the desktop takes places in its own window only', async () => {
  await launch();
  const page = await openPanel();
  const answered = await page.evaluate(async () => {
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', (event) => event.ports[0] && resolve(event.ports[0]));
      window.postMessage('sluice:connect', location.origin);
    });
    const heard: string[] = [];
    port.onmessage = (event) => heard.push(String(event.data));
    for (const [id, place] of ['https://example.com/', '//example.com', '/nowhere', '/../x'].entries())
      port.postMessage(
        JSON.stringify({ i: `x${id}`, p: { u: '/shell/openWindow', b: { json: { place } } } }),
      );
    while (heard.length < 4) await new Promise((resolve) => setTimeout(resolve, 50));
    // More than one answer to each would be too much.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return heard;
  });
  expect(answered.map((text) => JSON.parse(text).p.s)).toEqual([400, 400, 400, 400]);
  await expect.poll(() => shown()).toEqual(['panel']);
  expect(answered.join('\n')).not.toContain('example.com');
});

test('with nothing in the pool it says what to do first, in Chinese too', async () => {
  await launch({ ui: { language: 'zh-CN', theme: 'dark' }, endpoints: [] });
  const page = await openPanel();
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme))
    .toBe('dark');
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.getByRole('button', { name: '添加演示端点' }).click();
  await page.getByRole('link', { name: /演示/ }).waitFor();
  await page.getByRole('link', { name: '打开主窗口' }).click();
  const full = await desktop.page();
  await full.getByRole('heading', { name: '网关已开启' }).waitFor();
  await until(shown, (kinds) => kinds.join() === 'full');
});

test('the program is ended from it', async () => {
  await launch();
  const page = await openPanel();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Quit Sluice' }).click();
  expect(await desktop.exited).toBe(0);
  expect(await answers(gatewayOf(dataDir))).toBe(false);
});

test('where the system tells of no click, the menu opens it', async () => {
  await launch();
  await desktop.tray.click(wordsFor('en', 'en').openPanel);
  await desktop.page('panel');
  await expect.poll(() => shown()).toEqual(['panel']);
});
