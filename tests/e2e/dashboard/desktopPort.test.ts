// The desktop's way in, in real Chromium: the page asks for its port as the preload expects it, and speaks to the real core over it.
import { RPCHandler } from '@orpc/server/message-port';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';
import { launchChromium, openPage } from './chromium.ts';
import { type HeadlessProgram, startHeadless } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';

inChromium('the page at the desktop’s port', () => {
  let browser: Browser;
  let core: TestCore;
  /** Serves the page's files; it is never asked for an operation. */
  let files: HeadlessProgram;

  beforeAll(async () => {
    [browser, core, files] = await Promise.all([launchChromium(), createTestCore(), startHeadless()]);
  });
  afterAll(async () => {
    await browser?.close();
    await core?.close();
    await files?.stop();
  });

  /** Plays preload and main process: whatever the page's port says is handed to the core's router, and back. */
  async function playPreload(page: Page): Promise<void> {
    type Listener = (event: { data: unknown }) => void;
    const listeners: Listener[] = [];
    const handler = new RPCHandler(core.core.router);
    handler.upgrade({
      addEventListener: (name: string, listener: unknown) => {
        if (name === 'message') listeners.push(listener as Listener);
      },
      postMessage: (data: unknown) => {
        void page
          .evaluate((text) => window.postMessage({ toPage: text }, '*'), data as string)
          .catch(() => undefined);
      },
    } as unknown as MessagePort);
    await page.exposeFunction('toMain', (data: string) => {
      for (const listener of listeners) listener({ data });
    });
    await page.addInitScript(() => {
      Object.assign(window, { sluice: { shell: 'desktop', platform: 'linux' } });
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }) => void (window as unknown as { toMain(data: string): void }).toMain(data);
      window.addEventListener('message', ({ data, source }) => {
        if (source !== window) return;
        if (data === 'sluice:connect') window.postMessage('sluice:port', location.origin, [port1]);
        else if (data?.toPage !== undefined) port2.postMessage(data.toPage);
      });
    });
  }

  test('the window needs no sign-in and sees requests of the core it is bound to', async () => {
    const { page, complaints, close } = await openPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await playPreload(page);
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
