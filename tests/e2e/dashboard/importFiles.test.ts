// Files of other programs on the settings page: a backup that is an archive, keys alone, and what can't be read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { zipArchive } from '../../fakes/zipArchive.ts';
import { openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const fixture = (name: string): Buffer =>
  readFileSync(path.join(import.meta.dirname, '..', '..', 'fixtures', 'transfer', name));

const words = {
  en: { import: 'Import', endpoint: 'Endpoint', continue: 'Continue', off: 'switched off', close: 'Cancel' },
  'zh-CN': { import: '导入', endpoint: '端点', continue: '继续', off: '已停用', close: '取消' },
} as const;

interface Shown {
  name: string;
  accounts: unknown[];
}

inChromium('files of other programs', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let gateway: HeadlessProgram;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    browser = await dashboard.browser();
  });

  for (const locale of ['en', 'zh-CN'] as const) {
    test(`are looked at and taken in ${locale}`, async () => {
      const t = words[locale];
      const name = `Pool ${locale}`;
      const baseUrl = `https://${locale.toLowerCase()}.pool.test/v1`;
      await gateway.control('POST', '/endpoints', { name, baseUrl });
      const { page, complaints, close } = await openPage(browser, { locale });
      await signIn(page, gateway.url, gateway.token);
      await page.goto(`${gateway.url}/#/settings/transfer`);
      const choose = (file: string, buffer: Buffer) =>
        page.locator('input[type=file]').setInputFiles({ name: file, mimeType: 'application/zip', buffer });
      const dialog = page.getByRole('dialog');

      const data = fixture('cherry-studio-data.json').toString();
      await choose('backup.zip', zipArchive({ 'Data/Files/x': 'x', 'data.json': data }));
      await dialog.getByText('https://api.deepseek.com/v1').waitFor();
      await dialog.getByText(t.off).first().waitFor();
      expect(await dialog.innerText()).not.toContain('made-up');
      await dialog.getByRole('button', { name: t.close }).click();
      await dialog.waitFor({ state: 'hidden' });

      await choose('keys.txt', fixture('keys.txt'));
      await dialog.getByRole('combobox', { name: t.endpoint }).click();
      await page.getByRole('option', { name }).click();
      await dialog.getByRole('button', { name: t.continue }).click();
      await dialog.getByText(baseUrl).waitFor();
      await dialog.getByRole('button', { name: t.import, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      const accounts = async () =>
        (await gateway.control<Shown[]>('GET', '/endpoints')).find((one) => one.name === name)?.accounts
          .length;
      await expect.poll(accounts).toBe(3);

      await choose('full.zip', zipArchive({ 'metadata.json': '{}', 'IndexedDB/x': '' }));
      await page.getByRole('alert').filter({ hasText: 'full.zip' }).waitFor();
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
      await close();
    });
  }
});
