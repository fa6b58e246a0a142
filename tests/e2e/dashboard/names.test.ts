// No id is shown for a moment before its name is known.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdToken, launchChromium, openPage } from './chromium.ts';
import { type HeadlessProgram, startHeadless } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';

inChromium('names of endpoints', () => {
  let browser: Browser;
  let gateway: HeadlessProgram;
  beforeAll(async () => {
    browser = await launchChromium();
    gateway = await startHeadless();
    const first = {
      id: 'first',
      name: 'Number one',
      baseUrl: 'http://127.0.0.1:9/v1',
      models: ['model-of-one'],
    };
    await gateway.control('POST', '/endpoints', first);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  test('are waited for, on the first load and when a new endpoint brings a model', async () => {
    const { page, complaints, close } = await openPage(browser);
    await holdToken(page, gateway.token);
    let hold: Promise<void> | null = null;
    let letGo = () => {};
    const holdLists = () => {
      hold = new Promise((resolve) => {
        letGo = () => {
          hold = null;
          resolve();
        };
      });
    };
    await page.route(
      (url) => url.pathname === '/control/endpoints',
      async (route) => {
        await hold;
        await route.continue();
      },
    );
    const row = (model: string) => page.getByRole('option', { name: new RegExp(model) });

    holdLists();
    await page.goto(`${gateway.url}/#/models`);
    await row('model-of-one').waitFor();
    expect(await row('model-of-one').innerText()).not.toContain('first');
    letGo();
    await row('Number one').waitFor();

    holdLists();
    const second = {
      id: 'second',
      name: 'Number two',
      baseUrl: 'http://127.0.0.1:9/v1',
      models: ['model-of-two'],
    };
    await gateway.control('POST', '/endpoints', second);
    await row('model-of-two').waitFor();
    expect(await row('model-of-two').innerText()).not.toContain('second');
    letGo();
    await row('Number two').waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
