// The settings page's larger tasks: finding a setting, a proxy, a file taken in and back out, the log.
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const words = {
  en: {
    search: 'Search settings',
    proxyWay: 'Proxy for upstreams',
    own: 'This one',
    address: 'Proxy address',
    wrongProxy: 'Start with http://, https:// or socks5://',
    import: 'Import',
    done: 'Imported: 1 added, 0 extended.',
    undo: 'Undo',
    log: 'Log',
    errors: 'Errors only',
    level: 'From level',
    noLine: 'No line matches.',
  },
  'zh-CN': {
    search: '搜索设置',
    proxyWay: '上游代理',
    own: '指定代理',
    address: '代理地址',
    wrongProxy: '以http://、https://或socks5://开头',
    import: '导入',
    done: '已导入：新增1个，扩充0个。',
    undo: '撤销',
    log: '日志',
    errors: '仅错误',
    level: '最低级别',
    noLine: '没有匹配的日志。',
  },
} as const;

const file = JSON.stringify({
  apis: [{ name: 'Backup', baseUrl: 'https://backup.test', apiKey: 'sk-backup-0123456789', models: ['m'] }],
});

inChromium('the upkeep on the settings page', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let gateway: HeadlessProgram;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    browser = await dashboard.browser();
  });

  for (const locale of ['en', 'zh-CN'] as const) {
    test(`is done in ${locale}`, async () => {
      const t = words[locale];
      /** As the page sets Chinese apart from Latin. */
      const spaced = (text: string) =>
        new RegExp(
          text
            .split('')
            .map((c) => c.replace(/[.*+?^$()|[\]\\{}/]/, '\\$&'))
            .join('\\u2009?'),
        );
      const { page, complaints, close } = await openPage(browser, { locale });
      await signIn(page, gateway.url, gateway.token);

      await page.goto(`${gateway.url}/#/settings/network`);
      const top = () =>
        page.locator('#settings-network').evaluate((part) => part.getBoundingClientRect().top);
      await expect.poll(top).toBeLessThan(60);

      // A search leaves what it finds; a wrong proxy stays in its field, with the reason beside it.
      await page.getByRole('searchbox', { name: t.search }).fill('clash');
      await page.locator('#settings-timeouts').waitFor({ state: 'hidden' });
      await page.getByRole('combobox', { name: t.proxyWay }).click();
      await page.getByRole('option', { name: t.own }).click();
      const address = page.getByRole('textbox', { name: t.address });
      await address.fill('localhost');
      await address.press('Enter');
      await page
        .getByRole('alert')
        .filter({ hasText: spaced(t.wrongProxy) })
        .waitFor();
      await expect.poll(() => address.inputValue()).toBe('localhost');
      await address.fill('http://127.0.0.1:7890');
      await address.press('Enter');
      const proxy = async () =>
        (await gateway.control<{ network: { proxy: string | null } }>('GET', '/settings')).network.proxy;
      await expect.poll(proxy).toBe('http://127.0.0.1:7890');
      await gateway.control('PATCH', '/settings', { network: { proxy: null } });

      // A file is looked at, taken, and given back.
      await page.goto(`${gateway.url}/#/settings/transfer`);
      await page.getByRole('searchbox', { name: t.search }).fill('');
      const buffer = Buffer.from(file);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'apis.json', mimeType: 'application/json', buffer });
      const dialog = page.getByRole('dialog');
      await dialog.getByText('https://backup.test/v1').waitFor();
      const endpoints = async () => (await gateway.control<unknown[]>('GET', '/endpoints')).length;
      await expect.poll(() => endpoints()).toBe(0);
      await dialog.getByRole('button', { name: t.import, exact: true }).click();
      await page.getByText(spaced(t.done)).first().waitFor();
      await expect.poll(() => endpoints()).toBe(1);
      await page.getByRole('button', { name: t.undo }).click();
      await expect.poll(endpoints).toBe(0);

      // The log stands there, and is filtered.
      await page.goto(`${gateway.url}/#/settings/logs`);
      const log = page.getByRole('region', { name: t.log });
      await log.getByText('settings were imported').first().waitFor();
      await page.getByRole('combobox', { name: t.level }).click();
      await page.getByRole('option', { name: t.errors }).click();
      await page.getByText(t.noLine).waitFor();
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
      await close();
    });
  }
});
