// A line to a model: the answer streams in, from whom it was routed to or from one endpoint; it can be cancelled, and fails with its mend.
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { openPage, signIn } from './chromium.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const words = {
  en: {
    title: 'Try it',
    ask: 'Ask gpt-4o',
    send: 'Send',
    cancel: 'Cancel',
    who: 'Who answers',
    why: 'Why this endpoint?',
    whyNot: 'Why did it fail?',
    mend: 'Open Broken',
    cancelled: 'Cancelled.',
    request: 'Request',
  },
  'zh-CN': {
    title: '试一试',
    ask: '向gpt-4o提问',
    send: '发送',
    cancel: '取消',
    who: '由谁回答',
    why: '为什么是这个端点？',
    whyNot: '为什么失败？',
    mend: '打开Broken',
    cancelled: '已取消。',
    request: '请求',
  },
} as const;

inChromium('trying a model', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let good: FakeUpstream;
  let broken: FakeUpstream;
  beforeAll(async () => {
    browser = await dashboard.browser();
    const reply = () => 'One word after the other, all day long.';
    good = await dashboard.upstream({ models: ['gpt-4o'], reply });
    broken = await dashboard.upstream({ models: ['gpt-4o'] });
    broken.set({}, '500');
  });

  test.each(['en', 'zh-CN'] as const)('by a line, %s', async (language) => {
    const say = words[language];
    const gateway = await dashboard.gateway();
    for (const [name, upstream, priority] of [
      ['Good', good, 0],
      ['Broken', broken, 1],
    ] as const)
      await gateway.control('POST', '/endpoints', {
        name,
        baseUrl: upstream.url,
        models: ['gpt-4o'],
        priority,
      });
    const { page, complaints, close } = await openPage(browser, { locale: language });
    await signIn(page, gateway.url, gateway.token);
    await page.goto(`${gateway.url}/#/models/gpt-4o`);
    const box = page.getByRole('region', { name: say.title });
    const line = box.getByRole('textbox', { name: say.ask });

    await line.fill('Hello?');
    // Words are there while the answer is still coming: it does not end by itself.
    good.script('stall@9');
    await line.press('Enter');
    await box.getByText('One word after').waitFor();
    await box.getByRole('button', { name: say.cancel }).click();
    await box.getByText(say.cancelled).waitFor();
    await box.getByRole('button', { name: say.send }).waitFor();

    await line.press('Enter');
    await box.getByText('One word after').waitFor();
    await box.getByRole('link', { name: say.why }).waitFor();
    await expect.poll(() => box.locator('dl').innerText()).toMatch(/Good[\s\S]*s[\s\S]*→/);

    await box.getByRole('combobox', { name: say.who }).click();
    await page.getByRole('option', { name: 'Broken', exact: true }).click();
    await line.press('Enter');
    await box.getByRole('alert').waitFor();
    await box.getByRole('link', { name: say.mend }).waitFor();
    await box.getByRole('link', { name: say.whyNot }).click();
    await page
      .getByRole('complementary', { name: say.request })
      .getByRole('link', { name: 'Broken' })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
