// No page stands in anyone's way, in either theme and language, with nothing in it and with much.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBarriers } from './axe.ts';
import { holdToken, openPage } from './chromium.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { type GatewayState, goTo, placesIn, type Stage } from './places.ts';
import { playDesktop } from './playDesktop.ts';
import { seedGateway } from './seed.ts';
import { seedCrowd } from './seedCrowd.ts';

const languages = ['en', 'zh-CN'] as const;
const themes = ['light', 'dark'] as const;

const states = ['empty', 'broken', 'busy', 'crowded'] as const;

inChromium.each(states)('with a gateway that is %s', (state: GatewayState) => {
  const dashboard = openDashboard();
  let browser: Browser;
  let gateway: HeadlessProgram;
  let close: () => Promise<void> = async () => undefined;
  let requestId: string | undefined;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    browser = await dashboard.browser();
    if (state === 'empty') return;
    if (state === 'crowded') {
      ({ close } = await seedCrowd(gateway));
      return;
    }
    const seeded = await seedGateway(gateway, { broken: state === 'broken' });
    close = seeded.close;
    await Promise.all(Array.from({ length: 24 }, (_, index) => seeded.request(index).catch(() => {})));
    const page = await gateway.control<{ records: { id: string; attempts: unknown[] }[] }>('GET', '/records');
    requestId = page.records.toSorted((a, b) => b.attempts.length - a.attempts.length)[0]?.id;
  });
  afterAll(() => close());

  // What opens for a moment is judged in one language: it is made of what the pages are made of.
  test.each(state === 'crowded' ? (['zh-CN'] as const) : languages)(
    'nothing bars the way in %s',
    { timeout: 600_000 },
    async (language) => {
      await gateway.control('PATCH', '/settings', { ui: { language, theme: 'system' } });
      const {
        page,
        complaints,
        close: closePage,
      } = await openPage(browser, { locale: language, reducedMotion: 'reduce' });
      const found: string[] = [];
      const look = async (name: string) => {
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          await page.waitForFunction(
            (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
            colorScheme,
          );
          // What fades in is judged when it stands.
          await page.waitForTimeout(250);
          await page.waitForFunction(() =>
            document
              .getAnimations()
              .every(
                ({ effect, playState }) =>
                  playState !== 'running' || effect?.getTiming().iterations === Infinity,
              ),
          );
          for (const barrier of await findBarriers(page)) found.push(`${name} ${colorScheme}: ${barrier}`);
        }
      };
      if (state !== 'crowded') {
        await page.goto(`${gateway.url}/`);
        await page.locator('input[type=password]').waitFor();
        await look('signIn');
      }
      await holdToken(page, gateway.token);
      const desktop = { facts: {} };
      await playDesktop(page, gateway, () => desktop.facts);
      const stage: Stage = { gateway, requestId, desktop };
      for (const place of placesIn(state).filter(({ drawnOnly }) => !drawnOnly)) {
        await goTo(page, stage, place).catch((error: Error) => {
          throw new Error(`${place.name}: ${error.message}`, { cause: error });
        });
        await page.waitForTimeout(400);
        await look(place.name);
      }
      await closePage();
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
