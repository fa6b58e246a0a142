import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { SpendingMode } from '../../../main/contract/schemas/spending.ts';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

inChromium('what requests are spent on', () => {
  const dashboard = openDashboard();
  let page: Page;
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;
  let key: string;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    upstream = await dashboard.upstream({ models: ['gpt-4o'] });
    for (const name of ['Main', 'Spare'])
      await gateway.control('POST', '/endpoints', { name, baseUrl: upstream.url, models: ['gpt-4o'] });
    key = (await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'Laptop' })).secret;
    await gateway.chat(key, { model: 'gpt-4o', text: 'Hi' });
    page = await dashboard.signedIn(gateway);
  });

  const inForce = async () => (await gateway.control<{ spending: SpendingMode }>('GET', '/gateway')).spending;

  test('is chosen beside the switch, by keys alone, and ended there', async () => {
    await page.getByRole('button', { name: 'Spending: normal' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'One endpoint alone' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Spare' }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    // The way back has the focus; the endpoints follow.
    await expect.poll(focused).toContain('One endpoint alone');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toContain('Main');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toContain('Spare');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '15 minutes' }).click();
    await page.getByText(/Only Spare is asked · 1[45]:\d\d left/).waitFor();
    await expect.poll(() => inForce()).toMatchObject({ mode: 'endpoint', endpointId: 'spare' });
    await page.getByRole('button', { name: 'Back to normal' }).click();
    await page.getByRole('button', { name: 'Spending: normal' }).waitFor();
    await expect.poll(() => inForce()).toEqual({ mode: 'normal' });
  });

  test('leads to where an endpoint is marked as free while none is, then asks the free ones alone', async () => {
    await page.getByRole('button', { name: 'Spending: normal' }).click();
    await page.getByRole('menuitem', { name: /Free endpoints only/ }).click();
    await expect.poll(() => page.url()).toMatch(/#\/endpoints$/);
    await page.getByRole('button', { name: 'More for Main' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Costs nothing').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(async () =>
        (await gateway.control<{ free: boolean }[]>('GET', '/endpoints')).map(({ free }) => free),
      )
      .toEqual([true, false]);
    await page.goto(`${gateway.url}/#/`);
    await page.getByRole('button', { name: 'Spending: normal' }).click();
    await page.getByRole('menuitem', { name: 'Free endpoints only' }).click();
    await page.getByText('Only free endpoints are asked').waitFor();
    await expect.poll(() => inForce()).toEqual({ mode: 'free' });
  });

  test('is paused from the palette, and ended at a request that it stopped', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('pause for');
    await page.keyboard.press('Enter');
    await expect.poll(inForce).toMatchObject({ mode: 'paused', until: expect.any(Number) });
    expect((await gateway.chat(key, { model: 'gpt-4o', text: 'Hi' })).status).toBe(503);
    await page.goto(`${gateway.url}/#/requests`);
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
    await page.getByRole('option').first().click();
    await page.getByText('The gateway was paused: no endpoint was asked.').waitFor();
    await page.getByRole('button', { name: 'Back to normal' }).click();
    await page.getByText('No longer in the way.').waitFor();
    await expect.poll(() => inForce()).toEqual({ mode: 'normal' });
    expect(dashboard.complaints).toEqual([]);
  });
});
