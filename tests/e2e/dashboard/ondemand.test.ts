// on-demand.io in the dashboard, against its emulator: added from the preset with a key and a login, every account tested on its
// own, a list of logins pasted, a wrong password told and mended, a cooldown cleared. In both languages.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

const keys = ['emulated-ondemand-key-4f2a', 'emulated-ondemand-key-91c0'];
const logins = [
  { email: 'adalovelace@example.com', password: 'Pass word of: Ada' },
  { email: 'bob@example.com', password: 'secret-of-bob!' },
  { email: 'caroline@example.com', password: 'secret-of-caroline' },
];
const wrongPassword = 'not-carolines-password';
const model = 'predefined-kimi-k3';

const languages = [
  {
    locale: 'en-US',
    baseUrl: 'Base URL',
    keys: 'API keys',
    email: 'E-mail',
    password: 'Password',
    half: '1 login lacks its address or its password.',
    terms: 'for the provider’s terms to say',
    mapping: 'Model mapping',
    names: / names$/,
    tools: 'Ask for tool calls in words',
    toolsFact: 'Ask for tool calls in words',
    minutes: 'Session timeout (minutes)',
    addresses: 'Advanced: further addresses',
    signInAt: 'Sign-in',
    create: 'Add endpoint',
    add: 'Add accounts',
    addTwo: 'Add 2 accounts',
    there: '1 login is here already',
    more: (name: string) => `More for ${name}`,
    test: 'Test connection',
    edit: 'Edit',
    save: 'Save',
    ofLogin: 'Login',
    ofKey: 'API key',
    works: (name: string) => `${name}: It works.`,
    fails: (name: string) => `${name}: It does not work yet.`,
    newPassword: 'New password',
    wrongPair: 'until then Sluice does not sign in',
    inactive: 'Not active at on-demand.io.',
    advice: 'Map these names to active ids',
    cooling: 'Cooling down',
    clear: 'Clear',
    ready: 'Ready',
  },
  {
    locale: 'zh-CN',
    baseUrl: '接口地址',
    keys: 'API密钥',
    email: '邮箱',
    password: '密码',
    half: '有1个登录账户缺少邮箱或密码。',
    terms: '以服务商的条款为准',
    mapping: '模型映射',
    names: /个名称$/,
    tools: '用文字要求调用工具',
    toolsFact: '用文字要求调用工具',
    minutes: '会话超时（分钟）',
    addresses: '高级：其他地址',
    signInAt: '登录',
    create: '添加端点',
    add: '添加账户',
    addTwo: '添加2个账户',
    there: '有1个登录账户已经添加过',
    more: (name: string) => `${name}的更多操作`,
    test: '测试连接',
    edit: '编辑',
    save: '保存',
    ofLogin: '邮箱登录',
    ofKey: 'API密钥',
    works: (name: string) => `${name}： 连接正常。`,
    fails: (name: string) => `${name}： 还不能用。`,
    newPassword: '新密码',
    wrongPair: '在此之前不会再用它登录',
    inactive: '在on-demand.io未启用',
    advice: '把名称改到已启用的模型',
    cooling: '冷却中',
    clear: '清除',
    ready: '可用',
  },
];

interface Saved {
  id: string;
  kind: string;
  modelMapping: Record<string, string>;
  options: Record<string, unknown>;
  accounts: { email?: string; state: string }[];
}

inChromium('on-demand.io in the dashboard', () => {
  describe.each(languages)('in $locale', (words) => {
    walkInOrder();
    const dashboard = openDashboard();
    let gateway: HeadlessProgram;
    let emulator: OndemandEmulator;
    let page: Page;
    let clientKey: string;

    beforeAll(async () => {
      emulator = await createOndemandEmulator({ keys, logins });
      gateway = await dashboard.gateway();
      ({ secret: clientKey } = await gateway.control<{ secret: string }>('POST', '/client-keys', {
        name: 'test',
      }));
      page = await dashboard.signedIn(gateway, { locale: words.locale });
    });

    const endpoint = async () => (await gateway.control<Saved[]>('GET', '/endpoints'))[0] as Saved;
    const dialog = () => page.getByRole('dialog');
    const rowOf = (name: string): Locator => page.locator('main li li').filter({ hasText: name });
    const menu = async (name: string, item: string) => {
      await page.getByRole('button', { name: words.more(name) }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };

    /** What a page holds that others may read, and what is written down. */
    async function everything(): Promise<string> {
      const html = await page.evaluate(() => document.documentElement.outerHTML);
      const answers = JSON.stringify(await gateway.control('GET', '/endpoints'));
      return html + answers + readFileSync(path.join(gateway.dataDir, 'settings.json'), 'utf8');
    }

    /** What a person does with a list in the clipboard. */
    async function paste(field: Locator, text: string): Promise<void> {
      await field.focus();
      await field.evaluate((element, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        const options = { clipboardData, bubbles: true, cancelable: true };
        element.dispatchEvent(new ClipboardEvent('paste', options));
      }, text);
    }

    test('the preset brings names, takes a key and a login, and tells whose terms hold', async () => {
      await page.goto(`${gateway.url}/#/endpoints/new`);
      await page.getByRole('button', { name: /^on-demand\.io/ }).click();
      await page.getByLabel(words.baseUrl).fill(emulator.origin);
      await dialog().getByText(words.terms).waitFor();
      await dialog()
        .getByRole('textbox', { name: words.keys })
        .fill(keys[0] ?? '');
      const create = dialog().getByRole('button', { name: words.create });
      const password = dialog().getByLabel(`${words.password}${words.locale === 'en-US' ? ' ' : ''}1`);
      await dialog()
        .getByLabel(new RegExp(`^${words.email} ?1$`))
        .fill(logins[0]?.email ?? '');
      await dialog().getByText(words.half).waitFor();
      await expect.poll(() => create.isDisabled()).toBe(true);
      await password.fill(logins[0]?.password ?? '');
      await expect.poll(() => password.getAttribute('type')).toBe('password');

      const mapping = dialog().locator('summary').filter({ hasText: words.mapping });
      await expect.poll(() => mapping.innerText()).toMatch(words.names);
      await expect.poll(() => dialog().getByRole('switch', { name: words.tools }).isChecked()).toBe(false);
      await dialog().locator('summary').filter({ hasText: words.addresses }).click();
      const signInAt = dialog().getByLabel(words.signInAt, { exact: true });
      await expect.poll(() => signInAt.getAttribute('placeholder')).toBe(emulator.origin);
      await create.click();
      await dialog().waitFor({ state: 'detached' });

      const saved = await endpoint();
      expect(saved).toMatchObject({ kind: 'ondemand', options: {} });
      expect(saved.accounts.map(({ email }) => email)).toEqual([undefined, logins[0]?.email]);
      expect(saved.modelMapping['gpt-4o']).toBe('predefined-openai-gpt4o');
      await page.getByText(words.terms).waitFor();
      const text = await everything();
      for (const secret of [keys[0], logins[0]?.password]) expect(text).not.toContain(secret);
    });

    test('the list tells which account is which, and each is tested on its own', async () => {
      await expect.poll(() => rowOf('••4f2a').innerText()).toContain(words.ofKey);
      await expect.poll(() => rowOf('ad•••@example.com').innerText()).toContain(words.ofLogin);
      await menu('••4f2a', words.test);
      await page.getByText(words.works('••4f2a')).waitFor();
      await menu('ad•••@example.com', words.test);
      await page.getByText(words.works('ad•••@example.com')).waitFor();
      expect(emulator.journal.of({ account: logins[0]?.email, route: 'query' }).length).toBeGreaterThan(0);
    });

    test('names whose id is not active are told, with what to do', async () => {
      const facts = page.locator('main dl');
      await facts.getByText(words.inactive).waitFor();
      await expect.poll(() => facts.innerText()).toContain(words.advice);
      await facts.getByText('gpt-4o', { exact: true }).waitFor();
      await expect.poll(() => facts.getByText(model, { exact: true }).count()).toBeGreaterThan(0);
    });

    test('a list is pasted: every login a row, the one that is there left out', async () => {
      await page.getByRole('button', { name: words.add, exact: true }).click();
      await dialog().getByText(words.terms).waitFor();
      const lines = [
        `${logins[0]?.email} ${logins[0]?.password}`,
        `${logins[1]?.email}----${logins[1]?.password}----spare@example.com`,
        `${logins[2]?.email}:${wrongPassword}`,
      ];
      await paste(dialog().getByLabel(new RegExp(`^${words.email} ?1$`)), lines.join('\n'));
      await dialog().getByText(words.there).waitFor();
      await expect.poll(() => dialog().locator('input[type=password]').count()).toBe(3);
      await dialog().getByRole('button', { name: words.addTwo }).click();
      await dialog().waitFor({ state: 'detached' });
      await rowOf('b•••@example.com').waitFor();
      expect((await endpoint()).accounts.map(({ email }) => email)).toEqual([
        undefined,
        ...logins.map(({ email }) => email),
      ]);
    });

    test('a wrong password is told in the upstream’s words, and mended', async () => {
      const name = 'ca•••@example.com';
      await menu(name, words.test);
      await page.getByText(words.fails(name)).waitFor();
      await page.getByText('the password is wrong').first().waitFor();
      await expect
        .poll(
          async () => {
            await gateway.chat(clientKey, { model, text: crypto.randomUUID() });
            return (await endpoint()).accounts[3]?.state;
          },
          { interval: 50 },
        )
        .toBe('refused');
      await rowOf(name).getByText(words.wrongPair).waitFor();
      // What the test was told holds for calls too: a service locks accounts that are tried too often.
      expect(emulator.journal.of({ route: 'signin' }).filter(({ status }) => status === 401)).toHaveLength(1);

      await menu(name, words.edit);
      await expect
        .poll(() => dialog().getByLabel(words.email, { exact: true }).inputValue())
        .toBe(logins[2]?.email);
      const password = dialog().getByLabel(words.newPassword);
      expect([await password.getAttribute('type'), await password.inputValue()]).toEqual(['password', '']);
      await password.fill(logins[2]?.password ?? '');
      await dialog().getByRole('button', { name: words.save }).click();
      await dialog().waitFor({ state: 'detached' });
      await menu(name, words.test);
      await page.getByText(words.works(name)).waitFor();
    });

    test('an account that was told to wait shows it, and is cleared', async () => {
      const row = rowOf('••4f2a');
      emulator.set({ account: 'key-1' }, '429:240');
      await expect
        .poll(
          async () => {
            const { status } = await gateway.chat(clientKey, { model, text: crypto.randomUUID() });
            return [status, (await endpoint()).accounts[0]?.state];
          },
          { interval: 50 },
        )
        .toEqual([200, 'cooling']);
      await row.getByText(words.cooling).waitFor();
      await row.getByText(/[1-4]:[0-5]\d/).waitFor();
      await row.getByRole('button', { name: words.clear }).click();
      await row.getByText(words.ready, { exact: true }).waitFor();
      await expect.poll(async () => (await endpoint()).accounts[0]?.state).toBe('ready');
    });

    test('options are saved and told; nothing of a password is anywhere', async () => {
      await page.getByRole('button', { name: words.edit, exact: true }).click();
      await dialog().getByRole('switch', { name: words.tools }).click();
      await dialog().getByLabel(words.minutes).fill('5');
      await dialog().getByRole('button', { name: words.save }).click();
      await dialog().waitFor({ state: 'detached' });
      expect((await endpoint()).options).toEqual({ promptTools: true, sessionTimeoutMinutes: 5 });
      await page.locator('main dl').getByText(words.toolsFact).waitFor();
      const text = await everything();
      for (const secret of [...emulator.secrets, wrongPassword]) expect(text).not.toContain(secret);
      expect(dashboard.complaints).toEqual([]);
    });
  });
});
