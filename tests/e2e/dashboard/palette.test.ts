// The palette and the keys of every page, by keyboard alone.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

inChromium('the command palette', () => {
  walkInOrder();
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;
  let page: Page;

  beforeAll(async () => {
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'qwen-max'] });
    gateway = await dashboard.gateway();
    for (const name of ['通义千问', 'Spare'])
      await gateway.control('POST', '/endpoints', {
        name,
        baseUrl: upstream.url,
        models: ['gpt-4o', 'qwen-max'],
        accounts: [{ secret: 'sk-any' }],
      });
    page = await dashboard.signedIn(gateway);
  });

  const field = () => page.getByRole('combobox', { name: /Search and commands|搜索与命令/ });
  // Lists of the page behind have their own chosen ones.
  const chosen = () =>
    page.getByRole('dialog').filter({ has: field() }).getByRole('option', { selected: true });
  const pointsAtChosen = async () =>
    (await field().getAttribute('aria-activedescendant')) === (await chosen().getAttribute('id'));
  const place = () => new URL(page.url()).hash;
  /** What is typed finds `name` first, and it is taken. */
  async function choose(words: string, name: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await field().fill(words);
    await expect.poll(() => chosen().innerText()).toContain(name);
    await page.keyboard.press('Enter');
    await field().waitFor({ state: 'detached' });
  }

  test('opens by its keys and its button, tells what is chosen, and gives the focus back', async () => {
    const button = page.getByRole('button', { name: /^Search/ });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(pointsAtChosen).toBe(true);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen().innerText()).toContain('Endpoints');
    await expect.poll(pointsAtChosen).toBe(true);
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-haspopup') === 'dialog');
  });

  test('goes to pages, endpoints and models by a few letters', async () => {
    await choose('setti', 'Settings');
    await expect.poll(place).toBe('#/settings');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    await choose('qwen-m', 'qwen-max');
    await expect.poll(place).toBe('#/models/qwen-max');
    await page.keyboard.press('Escape');
  });

  test('finds Chinese by pinyin, and each language by the other’s words', async () => {
    await choose('tyqw', '通义千问');
    await expect.poll(place).toMatch(/^#\/endpoints\/./);
    await choose('接入', 'Connect');
    await expect.poll(place).toBe('#/connect');
  });

  test('switches the theme and the language', async () => {
    await choose('theme dark', 'Theme: Dark');
    await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    await choose('简体', 'Language: 简体中文');
    await page.waitForFunction(() => document.documentElement.lang === 'zh-CN');
    await choose('english', '语言：English');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
  });

  test('tests all accounts and says how they did', async () => {
    upstream.set({}, '401');
    await choose('test all', 'Test all accounts');
    await page.getByText('2 of 2 accounts do not work').first().waitFor();
    upstream.reset();
    await choose('clear all', 'Clear all cooldowns');
    await choose('test all', 'Test all accounts');
    await page.getByText('All 2 accounts work.').first().waitFor();
  });

  test('g and a letter go to a page, but not while one types', async () => {
    await page.locator('main').focus();
    await page.keyboard.type('gk');
    await expect.poll(place).toBe('#/keys');
    await page.keyboard.type('gr');
    await expect.poll(place).toBe('#/requests');
    await page.keyboard.press('Control+k');
    await field().waitFor();
    await page.keyboard.type('gk');
    expect(place()).toBe('#/requests');
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
  });

  test('? lists the keys, and closing gives the focus back', async () => {
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.id === 'main');
  });

  test('nothing was complained of', () => {
    expect(dashboard.complaints).toEqual([]);
  });
});
