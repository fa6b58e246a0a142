// Language, theme and what else is set; the gateway going away and coming back; small windows.
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { holdToken, openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

inChromium('settings and surroundings of the dashboard', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let gateway: HeadlessProgram;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    browser = await dashboard.browser();
  });

  test('language and theme apply at once, and before the first paint the next time', async () => {
    const { page, complaints, close } = await openPage(browser, { colorScheme: 'light' });
    await signIn(page, gateway.url, gateway.token);
    await page.goto(`${gateway.url}/#/settings`);
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '设置' }).waitFor();
    await page.getByRole('combobox', { name: '主题' }).click();
    await page.getByRole('option', { name: '深色' }).click();
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    await expect.poll(scheme).toBe('dark');
    // Who leaves before it arrives has not set it.
    const saved = () => gateway.control<{ ui: { theme: string } }>('GET', '/settings');
    await expect.poll(async () => (await saved()).ui.theme).toBe('dark');
    await expect.poll(() => scheme()).toBe('dark');

    // What stands there before any module ran is what the first frame shows.
    await page.route('**/*.js', (route) =>
      route.request().url().includes('early.js') ? route.continue() : route.abort(),
    );
    await page.goto('about:blank');
    await page.goto(`${gateway.url}/`, { waitUntil: 'domcontentloaded' });
    await expect.poll(() => scheme()).toBe('dark');
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    expect(complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
    await close();
    await gateway.control('PATCH', '/settings', { ui: { language: 'auto', theme: 'system' } });
  });

  test('a dangerous address is asked about, a wrong value put back', async () => {
    const { page, complaints, close } = await openPage(browser);
    await signIn(page, gateway.url, gateway.token);
    await page.goto(`${gateway.url}/#/settings`);
    const host = page.getByRole('textbox', { name: 'Listen on' });
    await host.fill('0.0.0.0');
    await host.press('Enter');
    await page.getByText('Open the gateway to other machines?').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => host.inputValue()).toBe('127.0.0.1');

    const attempts = page.getByRole('textbox', { name: 'Attempts' });
    await attempts.fill('7');
    await attempts.press('Enter');
    await expect
      .poll(
        async () =>
          (await gateway.control<{ routing: { maxAttempts: number } }>('GET', '/settings')).routing
            .maxAttempts,
      )
      .toBe(7);
    expect(complaints).toEqual([]);
    await close();
  });

  test('nothing is cut off at 400 pixels, in either language', async () => {
    for (const locale of ['en', 'zh-CN']) {
      const { page, complaints, close } = await openPage(browser, {
        locale,
        viewport: { width: 400, height: 620 },
      });
      await signIn(page, gateway.url, gateway.token);
      for (const place of [
        '',
        'endpoints',
        'endpoints/new',
        'models',
        'keys',
        'requests',
        'connect',
        'settings',
      ]) {
        await page.goto(`${gateway.url}/#/${place}`);
        await page.locator('h1').first().waitFor();
        const over = () =>
          page.evaluate(() =>
            [...document.querySelectorAll('main *, header *')]
              .filter(
                (element) =>
                  element.getBoundingClientRect().right > innerWidth + 1 &&
                  element.getClientRects().length > 0,
              )
              .map((element) => element.outerHTML.slice(0, 120)),
          );
        // What slides in is wide of the window for a moment.
        await expect.poll(over, { message: `${locale} ${place}` }).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });

  /** A gateway that the test itself ends and starts again at the same port, with the same data. */
  async function startOwn() {
    const first = await dashboard.gateway();
    const { url, dataDir } = first;
    const port = Number(new URL(url).port);
    return { first, again: (token?: string) => dashboard.gateway({ port, dataDir, token }) };
  }

  test('a gateway that goes away is waited for; a new token leads back to the sign-in page', async () => {
    const { first, again } = await startOwn();
    const { page, close } = await openPage(browser);
    await signIn(page, first.url, first.token);
    await page.getByRole('heading', { name: 'The gateway is on' }).waitFor();
    await first.stop({ keepData: true });
    await page.getByText('Reconnecting…').waitFor();
    // What it last said of itself does not hold any more.
    await page.getByRole('heading', { name: 'Gateway unreachable' }).waitFor();
    await expect.poll(() => page.getByRole('switch', { name: 'Gateway' }).count()).toBe(0);
    const second = await again(first.token);
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'The gateway is on' }).waitFor();
    // It listens again: what happens now is seen.
    await second.control('POST', '/endpoints/demo');
    await page.getByText('Waiting for the first request…').waitFor();
    await second.stop({ keepData: true });
    await again();
    await page.getByText('The token is no longer valid.').waitFor();
    await close();
  });

  test('a page that is opened while the gateway is away comes with it', async () => {
    const { first, again } = await startOwn();
    const { page, close } = await openPage(browser);
    await signIn(page, first.url, first.token);
    await page.getByRole('heading', { name: 'The gateway is on' }).waitFor();
    await first.stop({ keepData: true });
    await page.getByText('Reconnecting…').waitFor();
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('heading', { level: 1, name: 'The gateway is on' }).waitFor({ state: 'detached' });
    await page.getByText('Reconnecting…').waitFor();
    await again(first.token);
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    await close();
  });

  test('the window paints quickly', async () => {
    const { page, close } = await openPage(browser);
    await signIn(page, gateway.url, gateway.token);
    await page.reload();
    await page.locator('h1').waitFor();
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    );
    // 300 ms is the aim on a desktop; a shared machine gets three times that before it is a fault.
    expect(paint).toBeGreaterThan(0);
    expect(paint).toBeLessThan(900);
    await close();
  });

  test('the window is painted before its scripts are there', async () => {
    const { page, close } = await openPage(browser);
    // Who has to sign in first sees no window's outline.
    await holdToken(page, gateway.token);
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(`${gateway.url}/`, { waitUntil: 'domcontentloaded' });
    const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
    await expect.poll(painted).toBe(1);
    await close();
  });
});
