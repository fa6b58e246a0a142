// The gateway's switch shows what was asked of it, also while older news of it is still on its way.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

inChromium('the gateway’s switch', () => {
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let page: Page;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    page = await dashboard.signedIn(gateway);
  });

  test('does not move back before the news of its move is here', async () => {
    const control = page.getByRole('switch', { name: 'Gateway' });
    await expect.poll(() => control.isChecked()).toBe(true);
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await page.route('**/control/gateway', async (route) => {
      await told;
      await route.continue();
    });
    await control.press('Space');
    const state = async () => (await gateway.control<{ state: string }>('GET', '/gateway')).state;
    await expect.poll(state).toBe('off');
    await expect.poll(() => control.isEnabled()).toBe(true);
    expect(await control.isChecked()).toBe(false);
    await control.press('Space');
    await expect.poll(state).toBe('on');
    tell();
    await expect.poll(() => control.isChecked()).toBe(true);
    expect(dashboard.complaints).toEqual([]);
  });
});
