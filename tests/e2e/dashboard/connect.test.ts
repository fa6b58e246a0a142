// From a card to a client's first request: the link or the lines it is given, and the card turning green.
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const words = {
  en: {
    nav: 'Connect',
    title: 'Connect a client',
    note: 'Each client gets a key of its own, so you see who asks for what.',
    begin: 'Connect Cherry Studio',
    waiting: 'Waiting for the first request from Cherry Studio…',
    connected: 'Cherry Studio connected, 2 models',
    tile: 'Connected',
    makeKey: 'Make a key',
    copy: 'Copy: Terminal',
    find: 'Find a client',
    test: 'Send a test request',
    tested: /^Good answered in /,
    tileWaiting: 'Waiting',
    disconnect: 'Disconnect',
    undo: 'Undo',
    model: 'Model',
    replace: 'Replace secret…',
  },
  'zh-CN': {
    nav: '接入',
    title: '接入客户端',
    note: '每个客户端各用一把密钥，谁在请求一目了然。',
    begin: '接入Cherry Studio',
    waiting: '等待Cherry Studio的第一个请求…',
    connected: 'Cherry Studio已接入，共2个模型',
    tile: '已接入',
    makeKey: '生成密钥',
    copy: '复制终端',
    find: '查找客户端',
    test: '发送测试请求',
    tested: /^Good在.*内作答/,
    tileWaiting: '等待请求',
    disconnect: '断开',
    undo: '撤销',
    model: '模型',
    replace: '更换密钥…',
  },
} as const;
type Language = keyof typeof words;

inChromium('connecting a client', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let upstream: FakeUpstream;
  beforeAll(async () => {
    browser = await dashboard.browser();
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini'] });
  });

  /** Every address the page asked the browser to go to, apps' schemes too. */
  async function watchLinks(page: Page): Promise<string[]> {
    const links: string[] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Page.enable');
    session.on('Page.frameRequestedNavigation', ({ url }) => links.push(url));
    return links;
  }

  /** On the page of the clients, signed in by hand. */
  async function atClients(gateway: HeadlessProgram, language: Language) {
    const opened = await openPage(browser, {
      locale: language,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await signIn(opened.page, gateway.url, gateway.token);
    await opened.page.locator('nav').getByRole('link', { name: words[language].nav, exact: true }).click();
    await opened.page.getByRole('heading', { level: 1, name: words[language].title }).waitFor();
    await opened.page.getByText(words[language].note).waitFor();
    return opened;
  }

  async function connectCherryStudio(
    page: Page,
    gateway: HeadlessProgram,
    language: Language,
  ): Promise<void> {
    const say = words[language];
    const links = await watchLinks(page);
    await page.getByRole('link', { name: /^Cherry Studio/ }).click();
    const card = page.getByRole('dialog', { name: 'Cherry Studio' });
    await card.getByRole('button', { name: say.begin, exact: true }).click();
    await card.getByText(say.waiting).waitFor();
    await expect.poll(() => links.filter((link) => link.startsWith('cherrystudio:')).length).toBe(1);
    const shown = await card.getByTestId('secret').innerText();

    const link = new URL(links.at(-1) ?? '');
    const data = link.searchParams.get('data') ?? '';
    expect(data).not.toMatch(/[-_]/);
    expect(JSON.parse(Buffer.from(data, 'base64').toString('utf8'))).toEqual({
      id: 'sluice',
      name: 'Sluice',
      type: 'openai',
      baseUrl: gateway.url.replace('127.0.0.1', 'localhost'),
      apiKey: shown,
    });
    expect(await page.content()).not.toContain('cherrystudio:');

    expect((await gateway.chat(shown, { model: 'gpt-4o', stream: true })).status).toBe(200);
    await card.getByText(say.connected).waitFor();

    // Another page has never seen the key. (Chromium's own question whether to open the program takes all clicks here.)
    await page.reload();
    await card.getByText(say.connected).waitFor();
    expect(await page.content()).not.toContain(shown);
    await page.goto(`${gateway.url}/#/connect`);
    await page.getByRole('link', { name: `Cherry Studio ${say.tile}` }).waitFor();
    const keys = await gateway.control<{ name: string }[]>('GET', '/client-keys');
    expect(keys.filter(({ name }) => name === 'Cherry Studio')).toHaveLength(1);
  }

  async function copyForClaudeCode(page: Page, gateway: HeadlessProgram, language: Language): Promise<void> {
    const say = words[language];
    await page.getByRole('searchbox', { name: say.find }).fill('claude');
    await expect.poll(() => page.getByRole('link', { name: /^(?:Codex|Cherry)/ }).count()).toBe(0);
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'Claude Code' });
    await card.getByRole('combobox', { name: say.model }).click();
    await page.getByRole('option', { name: 'gpt-4o-mini', exact: true }).click();
    // A second click makes no second key.
    await card.getByRole('button', { name: say.makeKey }).dblclick();
    const shown = await card.getByTestId('secret').innerText();
    const keys = await gateway.control<{ name: string }[]>('GET', '/client-keys');
    expect(keys.filter(({ name }) => name === 'Claude Code')).toHaveLength(1);
    const lines = card.locator('pre').first();
    expect(await lines.innerText()).not.toContain(shown);
    await expect.poll(() => lines.innerText()).toContain(shown.slice(-4));
    const copied = async () => {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await card.getByRole('button', { name: say.copy, exact: true }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await expect
      .poll(() => copied())
      .toBe(
        [
          `export ANTHROPIC_BASE_URL=${gateway.url.replace('127.0.0.1', 'localhost')}`,
          `export ANTHROPIC_AUTH_TOKEN=${shown}`,
          'export ANTHROPIC_MODEL=gpt-4o-mini',
          'export ANTHROPIC_DEFAULT_HAIKU_MODEL=gpt-4o-mini',
          'claude',
        ].join('\n'),
      );
    await card.getByText('PowerShell').click();
    await lines.getByText('$env:ANTHROPIC_MODEL = "gpt-4o-mini"').waitFor();

    // Opened again, the key is shown no more, and the lines still hold it.
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Claude Code/ }).click();
    await card.waitFor();
    expect(await page.content()).not.toContain(shown);
    await expect.poll(() => copied()).toContain(`ANTHROPIC_AUTH_TOKEN=${shown}`);

    // A page loaded anew has never seen the key: it finds it by name, and says where it belongs.
    await page.reload();
    await card.getByRole('button', { name: say.replace }).waitFor();
    await card.getByText('YOUR_KEY').first().waitFor();
    expect(await page.content()).not.toContain(shown);

    // Our own test works without the page knowing the key, and is no request of the client.
    await card.getByRole('button', { name: say.test }).click();
    await card.getByText(say.tested).waitFor();
    await page.goto(`${gateway.url}/#/connect`);
    await page.getByRole('link', { name: `Claude Code ${say.tileWaiting}` }).click();

    // Disconnected, the key is gone; undone, it is the same one.
    await card.getByRole('button', { name: say.disconnect }).click();
    await card.getByRole('button', { name: say.makeKey }).waitFor();
    const asked = async () => (await gateway.chat(shown, { model: 'gpt-4o' })).status;
    await expect.poll(asked).toBe(401);
    await page.getByRole('button', { name: say.undo }).click();
    await card.getByRole('button', { name: say.disconnect }).waitFor();
    await expect.poll(asked).toBe(200);
  }

  for (const language of ['en', 'zh-CN'] as const) {
    test(`Claude Code by its lines and Cherry Studio by its link, ${language}`, async () => {
      const gateway = await dashboard.gateway();
      await gateway.control('POST', '/endpoints', {
        name: 'Good',
        baseUrl: upstream.url,
        models: ['gpt-4o', 'gpt-4o-mini'],
      });
      const lines = await atClients(gateway, language);
      await copyForClaudeCode(lines.page, gateway, language);
      expect(lines.complaints).toEqual([]);
      await lines.close();
      const link = await atClients(gateway, language);
      await connectCherryStudio(link.page, gateway, language);
      // No such program is installed here, and Chromium may say so.
      expect(link.complaints.filter((text) => !text.includes('cherrystudio:'))).toEqual([]);
      await link.close();
    });
  }
});
