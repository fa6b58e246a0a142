// Client keys and what is recorded of their requests.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { RecordPage } from '../../../main/contract/schemas/record.ts';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

inChromium('keys and requests in the dashboard', () => {
  walkInOrder();
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let good: FakeUpstream;
  let broken: FakeUpstream;
  let page: Page;
  let secret = '';

  beforeAll(async () => {
    good = await dashboard.upstream({ models: ['gpt-4o'] });
    broken = await dashboard.upstream({ models: ['gpt-4o'] });
    broken.set({}, '500');
    gateway = await dashboard.gateway();
    await gateway.control('POST', '/endpoints', {
      name: 'Broken',
      baseUrl: broken.url,
      models: ['gpt-4o'],
      priority: 0,
    });
    await gateway.control('POST', '/endpoints', {
      name: 'Good',
      baseUrl: good.url,
      models: ['gpt-4o'],
      priority: 1,
    });
    page = await dashboard.signedIn(gateway);
  });

  /** The secret in the open dialog, which is then closed. */
  async function takeSecret(): Promise<string> {
    const shown = await page.getByTestId('secret').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByTestId('secret').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(shown);
    return shown;
  }

  test('a key is created with its limits, and its secret shown once', async () => {
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('link', { name: 'Create key' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Laptop');
    await page.getByRole('combobox', { name: 'Allowed models' }).fill('gpt-4o');
    await page.keyboard.press('Enter');
    await page.getByLabel('Budget per day').fill('5');
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    secret = await takeSecret();
    expect((await gateway.chat(secret, { model: 'gpt-4o' })).status).toBe(200);
    expect((await gateway.chat(secret, { model: 'other' })).status).toBe(403);
    await page.getByText('of $5.00 today').first().waitFor();
  });

  test('a secret that is replaced at once stops working, after being asked', async () => {
    await page.getByRole('button', { name: 'More for Laptop' }).click();
    await page.getByRole('menuitem', { name: 'Replace secret…' }).click();
    await page.getByText('At once', { exact: true }).click();
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    const replaced = await takeSecret();
    expect((await gateway.chat(secret, { model: 'gpt-4o' })).status).toBe(401);
    expect((await gateway.chat(replaced, { model: 'gpt-4o' })).status).toBe(200);
    secret = replaced;
  });

  test('requests arrive in the list while it is watched, and wait while it is paused', async () => {
    await page.getByRole('link', { name: 'Requests' }).click();
    const rows = page.getByRole('option');
    const stored = async () => (await gateway.control<RecordPage>('GET', '/records')).records.length;
    // A request with no key, or a wrong one, is none of anyone's.
    const before = 3;
    await expect.poll(stored).toBe(before);
    await expect.poll(() => rows.count()).toBe(before);
    await gateway.chat(secret, { model: 'gpt-4o' });
    await expect.poll(() => rows.count()).toBe(before + 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await gateway.chat(secret, { model: 'gpt-4o' });
    await gateway.chat(secret, { model: 'gpt-4o' });
    await page.getByRole('button', { name: '2 new' }).waitFor();
    await expect.poll(() => rows.count()).toBe(before + 1);
    await page.getByRole('button', { name: '2 new' }).click();
    await expect.poll(() => rows.count()).toBe(before + 3);
  });

  test('a request tells why it went where it went', async () => {
    await page.getByRole('option').filter({ hasText: 'Good' }).last().click();
    const panel = page.getByRole('complementary', { name: 'Request' });
    await panel.getByText(/^Good answered after [2-4] attempts/).waitFor();
    const why = panel.getByRole('region', { name: 'Why?' });
    await expect
      .poll(() => why.getByRole('listitem').first().innerText())
      .toMatch(/Broken[\s\S]*Server error · 500/);
    await expect
      .poll(() => why.getByRole('listitem').last().innerText())
      .toMatch(/Good[\s\S]*Answered · 200/);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  test('the list is walked by keyboard', async () => {
    await page.getByRole('option').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const second = page.getByRole('option').nth(1);
    await expect.poll(() => second.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('option').nth(2).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
  });

  test('the list is narrowed by status and by words', async () => {
    const rows = page.getByRole('option');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Failed', exact: true }).click();
    await page.getByText('403').first().waitFor();
    await expect.poll(() => page.locator('[data-index]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByLabel('Search model, error or id').fill('nothing like this');
    await page.getByText('No request matches.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await expect.poll(() => rows.count()).toBeGreaterThan(3);
  });

  test('a removed key is out at once', async () => {
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('button', { name: 'More for Laptop' }).click();
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: /^Laptop ••/ }).waitFor({ state: 'detached' });
    await expect.poll(async () => (await gateway.chat(secret, { model: 'gpt-4o' })).status).toBe(401);
    expect(dashboard.complaints).toEqual([]);
  });
});
