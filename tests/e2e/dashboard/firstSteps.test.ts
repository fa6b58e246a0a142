// A newcomer's first minute: sign in, add the demo, take the key, send a request, see it arrive.
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openPage, signIn } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

inChromium('the first minute in the dashboard', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  beforeAll(async () => {
    browser = await dashboard.browser();
  });

  const words = {
    en: {
      wrong: 'This token is not the right one.',
      addDemo: 'Add the demo endpoint',
      showKey: 'Show the key',
      waiting: 'Waiting for the first request…',
      arrived: 'Your first request arrived. You’re set.',
      done: 'Done',
      today: 'Today',
      requests: 'Requests',
      health: 'Endpoints',
      demo: 'Demo (no network)',
    },
    'zh-CN': {
      wrong: '令牌不对。',
      addDemo: '添加演示端点',
      showKey: '显示密钥',
      waiting: '等待第一个请求…',
      arrived: '第一个请求到了，一切就绪。',
      done: '完成',
      today: '今日',
      requests: '请求',
      health: '端点',
      demo: '演示（离线）',
    },
  } as const;

  async function firstMinute(gateway: HeadlessProgram, language: keyof typeof words): Promise<void> {
    const say = words[language];
    const { page, complaints, close } = await openPage(browser, { locale: language });
    await page.goto(`${gateway.url}/`);
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language);

    await page.locator('input[type=password]').fill('not-the-token');
    await page.locator('button[type=submit]').click();
    await page.getByText(say.wrong).waitFor();
    await expect.poll(() => complaints.length).toBeGreaterThan(0);
    await expect.poll(() => complaints.length).toBeGreaterThan(0);
    expect(complaints.splice(0).every((text) => text.includes('401'))).toBe(true);
    await signIn(page, gateway.url, gateway.token);
    expect(page.url()).not.toContain(gateway.token);

    await page.getByRole('button', { name: say.addDemo }).click();
    await page.getByText(say.waiting).waitFor();
    await page.getByRole('button', { name: say.showKey }).click();
    const key = await page.getByTestId('secret').innerText();
    expect(key.length).toBeGreaterThan(20);

    const answer = await gateway.chat(key, { model: 'demo', stream: true });
    expect(answer.status).toBe(200);
    await page.getByText(say.arrived).waitFor();
    // The key must not vanish before the person says so.
    await expect.poll(() => page.getByTestId('secret').innerText()).toBe(key);
    await page.getByRole('button', { name: say.done }).click();
    await page.getByTestId('secret').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(key);

    const today = page.getByRole('region', { name: say.today });
    await today.locator('dl > div', { hasText: say.requests }).getByText('1', { exact: true }).waitFor();
    await page.getByRole('region', { name: say.health, exact: true }).getByText(say.demo).waitFor();
    await page.locator('main a[href^="#/requests/"]', { hasText: 'demo' }).waitFor();

    // The line of tokens was drawn: the accent is somewhere on the canvas.
    const drawn = () =>
      page.evaluate(() => {
        const canvas = document.querySelector('canvas');
        const pixels =
          canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height * 0.6).data ?? [];
        let blue = 0;
        for (let at = 0; at < pixels.length; at += 4)
          if ((pixels[at + 2] ?? 0) > (pixels[at] ?? 0) + 60 && (pixels[at + 3] ?? 0) > 200) blue += 1;
        return blue;
      });
    await expect.poll(drawn).toBeGreaterThan(20);

    expect(complaints).toEqual([]);
    await close();
  }

  for (const language of ['en', 'zh-CN'] as const) {
    test(`the first minute, ${language}`, async () => {
      const gateway = await dashboard.gateway();
      await firstMinute(gateway, language);
    });
  }
});
