// What was typed is not lost to a stray key, and a secret replaced on the page of the clients goes on as long as was chosen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { holdToken, launchChromium, openPage } from './chromium.ts';
import { type HeadlessProgram, startHeadless } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';

const words = {
  en: {
    baseUrl: 'Base URL',
    keys: 'API keys',
    found: '3 keys. They go into the vault and are never shown again.',
    add: 'Add endpoint',
    discard: 'Discard what you typed?',
    stay: 'Keep editing',
    confirm: 'Discard',
    makeKey: 'Make a key',
    replace: 'Replace secret…',
    grace: 'The old secret ends',
    confirmReplace: 'Replace',
  },
  'zh-CN': {
    baseUrl: '接口地址',
    keys: 'API密钥',
    found: '3把密钥，存入密钥库后不再显示。',
    add: '添加端点',
    discard: '放弃已填写的内容？',
    stay: '继续填写',
    confirm: '放弃',
    makeKey: '生成密钥',
    replace: '更换密钥…',
    grace: '旧密钥何时失效',
    confirmReplace: '更换',
  },
} as const;

inChromium.each(['en', 'zh-CN'] as const)('forms in %s', (language) => {
  const say = words[language];
  let browser: Browser;
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;
  beforeAll(async () => {
    browser = await launchChromium();
    upstream = await createFakeUpstream({ models: ['gpt-4o'] });
    gateway = await startHeadless();
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
    await upstream?.close();
  });

  async function open(path: string) {
    const opened = await openPage(browser, { locale: language });
    await holdToken(opened.page, gateway.token);
    await opened.page.goto(`${gateway.url}/#${path}`);
    return opened;
  }

  test('keys behind commas are three accounts; Escape asks before they are lost', async () => {
    const { page, complaints, close } = await open('/endpoints/new');
    const drawer = page.getByRole('dialog', { name: /DeepSeek|OpenAI|端点|endpoint/ });
    const question = page.getByRole('dialog', { name: say.discard });

    // Nothing was typed: nothing is asked.
    await drawer.getByRole('button', { name: /DeepSeek/ }).click();
    await drawer.getByLabel(say.baseUrl).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.goto(`${gateway.url}/#/endpoints/new`);

    await drawer.getByRole('button', { name: /DeepSeek/ }).click();
    await drawer.getByLabel(say.baseUrl).fill(upstream.url);
    const field = drawer.getByLabel(say.keys);
    await field.fill('sk-one-11111111, sk-two-22222222,sk-three-33333333');
    await drawer.getByText(say.found).waitFor();
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: say.stay }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => field.inputValue()).toContain('sk-three-33333333');
    await drawer.getByRole('button', { name: say.add }).click();
    await drawer.waitFor({ state: 'detached' });
    const endpoints = await gateway.control<{ accounts: unknown[] }[]>('GET', '/endpoints');
    expect(endpoints.map(({ accounts }) => accounts.length)).toEqual([3]);

    // Discarded, it is gone, and the next form begins anew.
    await page.goto(`${gateway.url}/#/keys/new`);
    const key = page.getByRole('dialog').getByRole('textbox').first();
    await key.fill('lost');
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: say.confirm, exact: true }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.goto(`${gateway.url}/#/keys/new`);
    await expect.poll(() => key.inputValue()).toBe('');
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('a secret replaced in Connect leaves the old one its day', async () => {
    const { page, complaints, close } = await open('/connect/claudeCode');
    const card = page.getByRole('dialog', { name: 'Claude Code' });
    await card.getByRole('button', { name: say.makeKey }).click();
    const old = await card.getByTestId('secret').innerText();
    // Opened anew it is masked, and may be replaced.
    await page.reload();
    await card.getByRole('button', { name: say.replace }).click();
    await page.getByRole('radiogroup', { name: say.grace }).waitFor();
    await page.getByRole('button', { name: say.confirmReplace, exact: true }).click();
    const fresh = await card.getByTestId('secret').innerText();
    expect(fresh).not.toBe(old);
    for (const secret of [old, fresh]) {
      const headers = { authorization: `Bearer ${secret}` };
      expect((await fetch(`${gateway.url}/v1/models`, { headers })).status).toBe(200);
    }
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
