// A key from its making to its end: what it may ask for, who uses it, its requests, removed and brought back.
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const words = {
  en: {
    nav: 'Keys',
    create: 'Create key',
    name: 'Name',
    models: 'Allowed models',
    reach: 'Reaches 2 of 3 models.',
    idle: 'No endpoint serves kimi-k3 now.',
    week: 'In 7 days',
    kept: 'I have it',
    users: 'Who uses it',
    today: '2 requests today',
    requests: 'Its requests',
    more: 'More for Laptop',
    replace: 'Replace secret…',
    who: /^curl and Claude Code stop working at once|^Claude Code and curl stop working at once/,
    cancel: 'Cancel',
    atOnce: 'At once',
    grace: /^Give (?:curl and Claude Code|Claude Code and curl) the new one. Until /,
    rotate: 'Replace',
    works: /^Old secret works until/,
    unused: 'not used since it was replaced',
    used: /^last used .* by Cherry Studio$/,
    end: 'End now',
    endOf: 'End now: old secret of Laptop',
    remove: 'Remove',
    undo: 'Undo',
  },
  'zh-CN': {
    nav: '访问密钥',
    create: '新建密钥',
    name: '名称',
    models: '可用模型',
    reach: '可用3个模型中的2个。',
    idle: '现在没有端点提供kimi-k3。',
    week: '7天',
    kept: '已保存',
    users: '谁在用',
    today: '今日2个请求',
    requests: '它的请求',
    more: 'Laptop的更多操作',
    replace: '更换密钥…',
    who: /^(?:curl和Claude Code|Claude Code和curl)会立即失效/,
    cancel: '取消',
    atOnce: '立即',
    grace: /^旧密钥在.*前仍可用，在此之前给(?:curl和Claude Code|Claude Code和curl)换上新密钥。/,
    rotate: '更换',
    works: /^旧密钥可用到/,
    unused: '更换后还没有客户端用过',
    used: /被Cherry Studio用过$/,
    end: '立即失效',
    endOf: '立即失效：Laptop的旧密钥',
    remove: '删除',
    undo: '撤销',
  },
} as const;
type Language = keyof typeof words;

inChromium('client keys in the dashboard', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let upstream: FakeUpstream;
  beforeAll(async () => {
    browser = await dashboard.browser();
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini', 'qwen'] });
  });

  async function ask(gateway: HeadlessProgram, key: string, userAgent: string): Promise<number> {
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'user-agent': userAgent,
      },
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
    });
    await answer.text();
    return answer.status;
  }

  /** Answers the secret, as a person would take it. */
  async function makeKey(page: Page, language: Language): Promise<string> {
    const say = words[language];
    await page.getByRole('link', { name: say.create }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel(say.name, { exact: true }).fill('Laptop');
    const models = form.getByRole('combobox', { name: say.models });
    await models.fill('gpt-');
    await page.getByRole('option', { name: 'gpt-*', exact: true }).click();
    await form.getByText(say.reach).waitFor();
    await models.fill('kimi-k3');
    await page.keyboard.press('Enter');
    await form.getByText(say.idle).waitFor();
    await form.getByText(say.week, { exact: true }).click();
    await form.getByRole('button', { name: say.create }).click();
    const secret = await page.getByTestId('secret').innerText();
    await page.getByRole('button', { name: say.kept }).click();
    await page.getByTestId('secret').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    return secret;
  }

  /** Replaces the secret, leaves the old one its day, sees who uses it, and ends it. Answers the new one. */
  async function moveToNewSecret(gateway: HeadlessProgram, page: Page, language: Language, old: string) {
    const say = words[language];
    await page.getByRole('button', { name: say.more }).click();
    await page.getByRole('menuitem', { name: say.replace }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.rotate, exact: true }).click();
    const fresh = await page.getByTestId('secret').innerText();
    await page.getByRole('button', { name: say.kept }).click();
    await page.getByText(say.works).waitFor();
    await page.getByText(say.unused).waitFor();
    await expect.poll(() => ask(gateway, fresh, 'curl/8.5.0')).toBe(200);
    expect(await ask(gateway, old, 'CherryStudio/1.6.0')).toBe(200);
    await page.getByText(say.used).waitFor();
    await page.getByRole('button', { name: say.endOf }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.end, exact: true }).click();
    await page.getByText(say.works).waitFor({ state: 'detached' });
    await expect.poll(() => ask(gateway, old, 'CherryStudio/1.6.0')).toBe(401);
    return fresh;
  }

  test.each(['en', 'zh-CN'] as const)('from its making to its end, %s', async (language) => {
    const say = words[language];
    const gateway = await dashboard.gateway();
    await gateway.control('POST', '/endpoints', {
      name: 'Good',
      baseUrl: upstream.url,
      models: ['gpt-4o', 'gpt-4o-mini', 'qwen'],
    });
    const { page, complaints, close } = await openPage(browser, { locale: language });
    await signIn(page, gateway.url, gateway.token);
    await page.locator('nav').getByRole('link', { name: say.nav, exact: true }).click();
    const secret = await makeKey(page, language);
    const keys = await gateway.control<{ id: string; expiresAt: string | null }[]>('GET', '/client-keys');
    const left = Date.parse(keys.find(({ id }) => id === 'laptop')?.expiresAt ?? '') - Date.now();
    expect(left / 86_400_000).toBeCloseTo(7, 1);

    for (const agent of [
      'claude-cli/2.0.76 (external, cli)',
      'claude-cli/2.1.0 (external, cli)',
      'curl/8.5.0',
    ])
      expect(await ask(gateway, secret, agent)).toBe(200);
    await page.getByRole('button', { name: /^Laptop ••/ }).press('Enter');
    const users = page.getByRole('region', { name: say.users }).getByRole('listitem');
    await users.filter({ hasText: 'Claude Code' }).getByText(say.today).waitFor();
    await expect.poll(() => users.count()).toBe(2);

    await page.getByRole('button', { name: say.more }).click();
    await page.getByRole('menuitem', { name: say.replace }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(say.grace).waitFor();
    await dialog.getByText(say.atOnce, { exact: true }).click();
    await dialog.getByText(say.who).waitFor();
    await dialog.getByRole('button', { name: say.cancel }).click();
    const fresh = await moveToNewSecret(gateway, page, language, secret);

    await page.getByRole('button', { name: say.more }).click();
    await page.getByRole('menuitem', { name: say.remove }).click();
    await page.getByRole('button', { name: /^Laptop ••/ }).waitFor({ state: 'detached' });
    await expect.poll(() => ask(gateway, fresh, 'curl/8.5.0')).toBe(401);
    await page.getByRole('button', { name: say.undo }).click();
    await page.getByRole('button', { name: /^Laptop ••/ }).waitFor();
    await expect.poll(() => ask(gateway, fresh, 'curl/8.5.0')).toBe(200);

    await page.goto(`${gateway.url}/#/keys/laptop`);
    await page.getByRole('link', { name: say.requests }).click();
    await page.getByRole('option').filter({ hasText: 'Laptop' }).first().waitFor();
    expect(page.url()).toContain('clientKeyId=laptop');
    expect(complaints).toEqual([]);
    await close();
  });
});
