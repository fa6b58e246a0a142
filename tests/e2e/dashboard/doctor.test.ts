// The doctor in the dashboard: what is wrong stands in the user's language with its mend beside it, and the mend mends. And the order,
// changed by hand and by keys.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

const good = 'sk-good-0123456789abcdef4f2a';
const bad = 'sk-bad-0123456789abcdef7b3e';

const languages = [
  {
    locale: 'en-US',
    test: 'Test connection',
    testAll: 'Test all accounts',
    noApi: 'There is no API at this address. Check the base URL.',
    use: 'Use',
    works: 'It works.',
    refused: 'Refused: mistyped, expired, or of another provider.',
    switchOff: 'Switch off the refused one',
    off: 'Off',
    move: 'Move Alpha',
    dropped: 'Alpha put down, place 2 of 2.',
    search: 'Where should requests go?',
    add: 'Add endpoint',
    edit: 'Edit',
    noKey: 'A key is asked for, and there is none.',
    baseUrl: 'Base URL',
  },
  {
    locale: 'zh-CN',
    test: '测试连接',
    testAll: '测试全部账户',
    noApi: '这个地址上没有接口，检查接口地址。',
    use: '改用',
    works: '连接正常。',
    refused: '被拒绝：可能输错、过期，或属于别的服务商。',
    switchOff: '停用被拒绝的1个',
    off: '已停用',
    move: '移动Alpha',
    dropped: '已放下Alpha，第2位，共2位。',
    search: '请求要发到哪里？',
    add: '添加端点',
    edit: '编辑',
    noKey: '需要密钥，但没有填写。',
    baseUrl: '接口地址',
  },
];

interface Saved {
  id: string;
  baseUrl: string;
  accounts: { enabled: boolean }[];
}

inChromium('the doctor in the dashboard', () => {
  describe.each(languages)('in $locale', (words) => {
    walkInOrder();
    const dashboard = openDashboard();
    let gateway: HeadlessProgram;
    let upstream: FakeUpstream;
    let stranger: FakeUpstream;
    let page: Page;
    const saved = () => gateway.control<Saved[]>('GET', '/endpoints');

    beforeAll(async () => {
      upstream = await dashboard.upstream({ models: ['gpt-4o'], keys: [good] });
      stranger = await dashboard.upstream({ models: ['gpt-4o'], keys: [good] });
      gateway = await dashboard.gateway();
      await gateway.control('POST', '/endpoints', {
        name: 'Alpha',
        baseUrl: `${upstream.url}/chat/completions`,
        accounts: [{ secret: good }],
        priority: 0,
      });
      await gateway.control('POST', '/endpoints', {
        name: 'Beta',
        baseUrl: upstream.url,
        accounts: [{ secret: good }, { secret: bad }],
        priority: 1,
      });
      page = await dashboard.signedIn(gateway, { locale: words.locale });
    });

    test('a wrong address is found, and put right by one button', async () => {
      await page.goto(`${gateway.url}/#/endpoints/alpha`);
      await page.getByRole('button', { name: words.test }).click();
      await page.getByText(words.noApi).waitFor();
      await page.getByRole('button', { name: new RegExp(`^${words.use}`) }).click();
      await page.getByText(words.works).waitFor();
      await expect.poll(async () => (await saved())[0]?.baseUrl).toBe(upstream.url);
    });

    test('an address is tried before it is saved: another server without the stored key', async () => {
      await page.goto(`${gateway.url}/#/endpoints/alpha`);
      await page.getByRole('button', { name: words.edit, exact: true }).click();
      const form = page.getByRole('dialog');
      const address = form.getByLabel(words.baseUrl);
      await address.fill(stranger.url);
      await form.getByRole('button', { name: words.test }).click();
      await form.getByText(words.noKey).first().waitFor();
      const { entries } = stranger.journal;
      expect(entries.length).toBeGreaterThan(0);
      expect(JSON.stringify(entries.map(({ headers, path }) => ({ headers, path })))).not.toContain(good);
      await address.fill(upstream.origin);
      await form.getByRole('button', { name: words.test }).click();
      await form.getByText(words.works).waitFor();
      expect((await saved())[0]?.baseUrl).toBe(upstream.url);
      // Escape would ask first: what stands in the form is not saved.
      await form.getByRole('button', { name: /^(?:Cancel|取消)$/ }).click();
      await form.waitFor({ state: 'detached' });
    });

    test('all accounts are tried, and the refused one is switched off', async () => {
      await page.goto(`${gateway.url}/#/endpoints/beta`);
      await page.getByRole('button', { name: words.testAll }).click();
      await page.getByText(words.refused).waitFor();
      await page.getByRole('button', { name: words.switchOff }).click();
      await expect
        .poll(async () => (await saved())[1]?.accounts.map(({ enabled }) => enabled))
        .toEqual([true, false]);
      expect(await page.content()).not.toContain(bad);
    });

    test('the order is changed by keys, and told', async () => {
      await page.goto(`${gateway.url}/#/endpoints`);
      const handle = page.getByRole('button', { name: words.move });
      await handle.focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      expect((await saved()).map(({ id }) => id)).toEqual(['alpha', 'beta']);
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await page.getByText(words.dropped).waitFor({ state: 'attached' });
      await expect.poll(async () => (await saved()).map(({ id }) => id)).toEqual(['beta', 'alpha']);
    });

    test('and by the pointer', async () => {
      const handle = page.getByRole('button', { name: words.move });
      // It stands where it was put down before it can be taken up again.
      await handle.hover();
      const box = await handle.boundingBox();
      if (!box) throw new Error('no handle');
      await page.mouse.move(box.x + 8, box.y + 16);
      await page.mouse.down();
      await page.mouse.move(box.x + 8, box.y - 60, { steps: 8 });
      await page.mouse.up();
      await expect.poll(async () => (await saved()).map(({ id }) => id)).toEqual(['alpha', 'beta']);
    });

    test('a curl line fills in the form, its address put right', async () => {
      await page.goto(`${gateway.url}/#/endpoints/new`);
      const field = page.getByRole('searchbox', { name: words.search });
      await field.fill(`curl ${upstream.url}/chat/completions -H "Authorization: Bearer ${good}"`);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByLabel(words.baseUrl).inputValue()).toBe(upstream.url);
      await page.getByRole('dialog').getByRole('button', { name: words.test }).click();
      await page.getByRole('dialog').getByText(words.works).waitFor();
      expect(dashboard.complaints).toEqual([]);
    });
  });
});
