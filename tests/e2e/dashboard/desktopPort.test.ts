// The desktop's way in, in real Chromium: the page asks for its port as the preload expects it, and speaks to the real core over it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';
import { openPage } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { playPort } from './playDesktop.ts';

inChromium('the page at the desktop’s port', () => {
  const dashboard = openDashboard();
  let browser: Browser;
  let core: TestCore;
  /** Serves the page's files; it is never asked for an operation. */
  let files: HeadlessProgram;

  beforeAll(async () => {
    [browser, core, files] = await Promise.all([dashboard.browser(), createTestCore(), dashboard.gateway()]);
  });
  afterAll(() => core?.close());

  test('the window needs no sign-in and sees requests of the core it is bound to', async () => {
    const { page, complaints, close } = await openPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await playPort(page, core.core.router);
    await page.goto(`${files.url}/`);
    await page.getByRole('button', { name: 'Add the demo endpoint' }).click();
    await page.getByText('Waiting for the first request…').waitFor();
    await core.post('/v1/chat/completions', {
      model: 'demo',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    await page.getByText('Your first request arrived').waitFor();
    await expect.poll(() => page.getByText('Sign out').count()).toBe(0);
    expect(asked.filter((url) => url.includes('/control'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
