// What an endpoint may be told about its kind: an Azure resource with a version and a repair switched off, and what a repair
// leaves in the record, in both languages.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

const languages = [
  {
    locale: 'en-US',
    name: 'Name',
    speaks: 'Speaks',
    baseUrl: 'Base URL',
    apiVersion: 'API version',
    wrongVersion: 'Use a date such as 2024-10-21',
    repair: 'Request repair',
    allOn: 'All on',
    schemas: 'Tool schemas',
    someOn: '5 of 6 on',
    off: 'Tool schemas: off',
    api: 'API for conversations',
    fixed: 'Responses',
    add: 'Add endpoint',
    save: 'Save',
    edit: 'Edit',
    compatible: 'OpenAI-compatible',
    detail: 'Request',
    operation: 'Chat (OpenAI), streamed',
    repaired: 'Repaired',
    explained: 'because this endpoint refuses it',
    leftOut: 'left out stream_options',
  },
  {
    locale: 'zh-CN',
    name: '名称',
    speaks: '接口类型',
    baseUrl: '接口地址',
    apiVersion: 'API版本',
    wrongVersion: '填写2024-10-21或2024-10-21-preview这样的版本',
    repair: '请求修正',
    allOn: '全部开启',
    schemas: '工具参数',
    someOn: '6项中开启5项',
    off: '工具参数：关闭',
    api: '对话接口',
    fixed: 'Responses',
    add: '添加端点',
    save: '保存',
    edit: '编辑',
    compatible: '兼容OpenAI',
    detail: '请求',
    operation: '对话（OpenAI），流式',
    repaired: '已修正',
    explained: '发送前作了修改',
    leftOut: '去掉stream_options',
  },
];

interface Saved {
  name: string;
  kind: string;
  options: Record<string, unknown>;
}

inChromium('options of endpoints in the dashboard', () => {
  describe.each(languages)('in $locale', (words) => {
    walkInOrder();
    const dashboard = openDashboard();
    let gateway: HeadlessProgram;
    let upstream: FakeUpstream;
    let page: Page;
    let secret: string;

    beforeAll(async () => {
      upstream = await dashboard.upstream({ models: ['gpt-4o'] });
      gateway = await dashboard.gateway();
      ({ secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'test' }));
      page = await dashboard.signedIn(gateway, { locale: words.locale });
    });

    const summary = () => page.locator('summary').filter({ hasText: words.repair });
    const schemas = () => page.getByRole('switch', { name: words.schemas });
    const savedAs = async (name: string) =>
      (await gateway.control<Saved[]>('GET', '/endpoints')).find((endpoint) => endpoint.name === name);

    test('a wrong API version is refused at its field', async () => {
      await page.goto(`${gateway.url}/#/endpoints/new`);
      await page.getByRole('button', { name: /^Azure OpenAI/ }).click();
      await page.getByLabel(words.name, { exact: true }).fill('Contoso');
      await page.getByLabel(words.baseUrl).fill(upstream.origin);
      const version = page.getByLabel(words.apiVersion);
      expect(await version.getAttribute('aria-invalid')).not.toBe('true');
      await version.fill('October 2024');
      await page.getByRole('button', { name: words.add }).click();
      await page.getByText(words.wrongVersion).waitFor();
      await expect.poll(() => version.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => savedAs('Contoso')).toBeUndefined();
      // The refusal is the one answer of this page the console calls an error.
      await expect.poll(() => dashboard.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
    });

    test('one repair is switched off, and the endpoint saved as it was filled in', async () => {
      await page.getByLabel(words.apiVersion).fill('2024-10-21');
      await expect.poll(() => schemas().isVisible()).toBe(false);
      await summary().getByText(words.allOn).waitFor();
      await summary().click();
      await schemas().click();
      await expect.poll(() => schemas().isChecked()).toBe(false);
      await summary().getByText(words.someOn).waitFor();
      await page.getByRole('button', { name: words.add }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      const options = { apiVersion: '2024-10-21', repairs: { schemas: false } };
      await expect.poll(() => savedAs('Contoso')).toMatchObject({ kind: 'azure', options });
      const file = readFileSync(path.join(gateway.dataDir, 'settings.json'), 'utf8');
      expect((JSON.parse(file) as { endpoints: Saved[] }).endpoints[0]?.options).toEqual(options);
    });

    test('the row and what stands behind it tell kind, version and what is off', async () => {
      const row = page.locator('main li').filter({ hasText: 'Contoso' });
      await expect
        .poll(() => row.getByRole('button', { expanded: true }).innerText())
        .toContain('Azure OpenAI');
      for (const fact of ['Azure OpenAI', '2024-10-21', words.off])
        await expect.poll(() => row.locator('dl').innerText()).toContain(fact);
    });

    test('the form shows it again, and takes it back', async () => {
      await page.getByRole('button', { name: words.edit, exact: true }).click();
      await expect.poll(() => page.getByLabel(words.apiVersion).inputValue()).toBe('2024-10-21');
      await summary().click();
      await schemas().click();
      await summary().getByText(words.allOn).waitFor();
      await page.getByLabel(words.apiVersion).fill('');
      await page.getByRole('combobox', { name: words.api }).click();
      await page.getByRole('option', { name: words.fixed, exact: true }).click();
      await page.getByRole('button', { name: words.save }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await savedAs('Contoso'))?.options).toEqual({ api: 'responses' });
    });

    test('another kind shows its own fields only', async () => {
      await page.getByRole('button', { name: words.edit, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: words.speaks }).click();
      await page.getByRole('option', { name: 'Anthropic', exact: true }).click();
      await dialog.getByLabel(words.apiVersion).waitFor({ state: 'detached' });
      await expect.poll(() => dialog.getByRole('combobox', { name: words.api }).count()).toBe(0);
      await expect.poll(() => dialog.getByText('https://api.deepseek.com/anthropic').count()).toBe(1);
      // Escape would ask first: what stands in the form is not saved.
      await dialog.getByRole('button', { name: /^(?:Cancel|取消)$/ }).click();
      await dialog.waitFor({ state: 'detached' });
    });

    test('a repair is shown with the request it was made for', async () => {
      upstream.set({}, 'rejects-stream_options');
      await gateway.control('POST', '/endpoints', {
        name: 'Strict',
        baseUrl: upstream.url,
        models: ['gpt-strict'],
      });
      const asked = {
        model: 'gpt-strict',
        stream: true,
        options: { stream_options: { include_usage: true } },
      };
      expect((await gateway.chat(secret, asked)).status).toBe(200);
      await page.goto(`${gateway.url}/#/requests`);
      await page.getByRole('option').filter({ hasText: 'gpt-strict' }).click();
      const panel = page.getByRole('complementary', { name: words.detail, exact: true });
      await panel.getByText(words.operation).waitFor();
      const [refused, repaired] = [0, 1].map((at) => panel.locator('ol > li').nth(at));
      const tags = repaired?.getByRole('list', { name: words.repaired }).getByRole('listitem');
      await expect.poll(() => tags?.allInnerTexts()).toEqual([words.leftOut]);
      expect(await refused?.innerText()).not.toContain(words.repaired);
      await panel.getByRole('button', { name: words.repaired }).hover();
      await page.getByRole('tooltip').filter({ hasText: words.explained }).waitFor();
      await page.goto(`${gateway.url}/#/endpoints`);
      const row = page.locator('main li').filter({ hasText: 'Strict' });
      await row.getByText(words.compatible).waitFor();
      expect(dashboard.complaints).toEqual([]);
    });
  });
});
