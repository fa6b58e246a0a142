// What people feel rather than read: nothing jumps, nothing flashes, nothing is lost for good, the focus is where one looks.
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { holdToken, openPage } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { goTo, placesIn } from './places.ts';

declare global {
  interface Window {
    shifts?: { value: number; what: string }[];
    firstLooks?: string[];
  }
}

inChromium('the dashboard’s craft', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini'] });
    gateway = await dashboard.gateway();
    await gateway.control('POST', '/endpoints', {
      name: 'OpenAI main',
      baseUrl: upstream.url,
      models: ['gpt-4o', 'gpt-4o-mini'],
      accounts: [
        { name: 'one', secret: 'sk-one' },
        { name: 'two', secret: 'sk-two' },
      ],
    });
    const { secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'Laptop' });
    for (let index = 0; index < 12; index += 1) await gateway.chat(secret, { model: 'gpt-4o' });
    browser = await dashboard.browser();
  });

  async function signedIn(options: Parameters<typeof openPage>[1] = {}) {
    const opened = await openPage(browser, options);
    await holdToken(opened.page, gateway.token);
    return opened;
  }
  const focused = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || '',
    );

  test('no page shifts while it loads', async () => {
    const { page, close } = await signedIn();
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources: { node: Element | null }[];
        })[])
          if (!entry.hadRecentInput) {
            const what = entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(' ');
            window.shifts?.push({ value: entry.value, what });
          }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const measured: Record<string, string> = {};
    const far: string[] = [];
    for (const place of placesIn('empty').filter(({ open }) => !open)) {
      await goTo(page, { gateway }, place);
      await page.waitForTimeout(1200);
      const shifts = (await page.evaluate(() => window.shifts)) ?? [];
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      measured[place.name] = sum.toFixed(4);
      if (sum >= 0.02)
        far.push(`${place.name} ${sum.toFixed(4)}: ${shifts.map(({ what }) => what).join(' | ')}`);
    }
    process.stdout.write(`layout shift: ${JSON.stringify(measured)}\n`);
    await close();
    expect(far).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'the first thing drawn is %s, in the chosen language',
    async (theme) => {
      const language = theme === 'dark' ? 'zh-CN' : 'en';
      await gateway.control('PATCH', '/settings', { ui: { theme, language } });
      // The system says the opposite of what was chosen.
      const { page, close } = await signedIn({
        colorScheme: theme === 'dark' ? 'light' : 'dark',
        locale: 'en',
      });
      await page.goto(`${gateway.url}/`);
      await page.locator('nav').waitFor();
      await page.waitForFunction(
        (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
        theme,
      );
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
      await page.addInitScript(() => {
        const looks: string[] = [];
        window.firstLooks = looks;
        const look = () => {
          const { mantineColorScheme } = document.documentElement.dataset;
          const seen = `${mantineColorScheme} ${document.documentElement.lang}`;
          if (document.body && looks.at(-1) !== seen) looks.push(seen);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await page.reload();
      await page.locator('nav').waitFor();
      await expect.poll(() => page.evaluate(() => window.firstLooks)).toEqual([`${theme} ${language}`]);
      await close();
      await gateway.control('PATCH', '/settings', { ui: { theme: 'system', language: 'en' } });
    },
  );

  test('going to a page takes the focus there; the first key leads past the pages', async () => {
    const { page, close } = await signedIn();
    await page.goto(`${gateway.url}/`);
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('heading', { level: 1, name: /Keys/ }).waitFor();
    await expect.poll(() => focused(page)).toBe('main');
    await page.reload();
    await page.locator('nav').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('main');
    await close();
  });

  test('a drawer gives the focus back to what opened it', async () => {
    const { page, close } = await signedIn();
    await page.goto(`${gateway.url}/#/keys`);
    const opener = page.locator('main').getByRole('link', { name: 'Create key' }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await close();
  });

  test('what is removed goes at once, says so, and comes back by one click or one key', async () => {
    const { page, complaints, close } = await signedIn();
    await page.goto(`${gateway.url}/#/endpoints`);
    const row = page.getByRole('listitem').filter({ hasText: 'OpenAI main' }).first();
    const remove = async () => {
      await page.getByRole('button', { name: 'More for OpenAI main' }).first().click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await row.waitFor({ state: 'detached' });
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
    await remove();
    await expect.poll(() => page.getByText('OpenAI main is removed.').count()).toBeGreaterThan(0);
    await page.locator('main').focus();
    await page.keyboard.press('Control+z');
    await row.waitFor();
    const states = async () =>
      (await gateway.control<{ accounts: { state: string }[] }[]>('GET', '/endpoints'))[0]?.accounts.map(
        ({ state }) => state,
      );
    await expect.poll(states).toEqual(['ready', 'ready']);
    expect(complaints).toEqual([]);
    await close();
  });

  test('a token is kept for the tab alone, unless one says so, and gone after signing out', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(`${gateway.url}/`);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByLabel('管理令牌').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('令牌不对。').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('This token is not the right one.').waitFor();
    await page.getByLabel('Admin token').fill(gateway.token);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor();
    const kept = () =>
      page.evaluate(
        (token) => [localStorage, sessionStorage].map((all) => Object.values(all).includes(token)),
        gateway.token,
      );
    await expect.poll(() => kept()).toEqual([false, true]);
    expect(page.url()).not.toContain(gateway.token);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin token').waitFor();
    await expect.poll(() => kept()).toEqual([false, false]);
    await close();
  });
});
