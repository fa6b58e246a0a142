// The Requests page: narrowed by its address, read while more comes in, walked by keyboard, and mended where it says what is wrong.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { RecordPage } from '../../../main/contract/schemas/record.ts';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

inChromium('requests in the dashboard', () => {
  walkInOrder();
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let limited: FakeUpstream;
  let good: FakeUpstream;
  let page: Page;
  let secret = '';

  const rows = () => page.locator('[data-index]');
  const panel = () => page.getByRole('complementary', { name: 'Request' });
  const node = (name: string) =>
    panel().getByRole('region', { name: 'Why?' }).getByRole('listitem').filter({ hasText: name });
  const ask = (model = 'gpt-4o') => gateway.chat(secret, { model });
  const stored = async () => (await gateway.control<RecordPage>('GET', '/records?limit=500')).records;
  const lastEndpoint = async () => (await stored())[0]?.endpointId;
  /** The list holds whatever is written down; what is asked next is new. */
  const allShown = () =>
    expect
      .poll(async () => Number(await rows().first().getAttribute('aria-setsize')) - (await stored()).length)
      .toBe(0);

  beforeAll(async () => {
    limited = await dashboard.upstream({ models: ['gpt-4o'] });
    good = await dashboard.upstream({ models: ['gpt-4o', 'mini'] });
    limited.set({}, '429:90');
    gateway = await dashboard.gateway();
    for (const [name, upstream, priority] of [
      ['Limited', limited, 0],
      ['Good', good, 1],
    ] as const) {
      await gateway.control('POST', '/endpoints', {
        name,
        baseUrl: upstream.url,
        models: name === 'Good' ? ['gpt-4o', 'mini'] : ['gpt-4o'],
        accounts: [{ name: `${name} one`, secret: `sk-${name}-0123456789abcdef` }],
        priority,
      });
    }
    ({ secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'Laptop' }));
    page = await dashboard.signedIn(gateway);
  });

  test('a cooldown is cleared from the timeline, and the next request goes there', async () => {
    await ask();
    await page.goto(`${gateway.url}/#/requests`);
    await rows().first().click();
    await node('Limited').getByText('Rate limited · 429').waitFor();
    await expect.poll(() => node('Good').innerText()).toMatch(/Answered · 200/);
    limited.reset();
    await node('Limited').getByRole('button', { name: 'Try it again' }).click();
    await node('Limited').getByText('Cleared.').waitFor();
    await ask();
    await expect.poll(lastEndpoint).toBe('limited');
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
  });

  test('an account switched off is named by its code, switched on from there, and off again', async () => {
    const off = { patch: { enabled: false } };
    await gateway.control('PATCH', '/endpoints/limited/accounts/a1', off);
    await ask();
    await expect.poll(lastEndpoint).toBe('good');
    await allShown();
    await rows().first().click();
    await node('Limited').getByText('The account is switched off', { exact: true }).waitFor();
    await node('Limited').getByRole('button', { name: 'Switch the account on' }).click();
    await node('Limited').getByText('The account is in use again.').waitFor();
    await node('Limited').getByRole('button', { name: 'Undo' }).click();
    await node('Limited').getByRole('button', { name: 'Switch the account on' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('the address narrows the list, and a chip widens it again', async () => {
    await ask('mini');
    await ask('nobody');
    await page.goto(`${gateway.url}/#/requests?model=mini&endpointId=good`);
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: 'Remove filter: Endpoint: Good' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/requests?model=mini');
    await rows().first().click();
    await panel().waitFor();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/requests\/req_\w+\?model=mini$/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Failed', exact: true }).click();
    await page.getByText('No request matches.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await expect.poll(() => rows().count()).toBeGreaterThan(4);
  });

  test('what is read stays where it is while more comes in', async () => {
    const earlier = (await stored()).length;
    for (let index = 0; index < 60; index += 1) await ask('mini');
    await expect.poll(async () => (await stored()).length).toBeGreaterThanOrEqual(earlier + 60);
    await allShown();
    const list = page.getByRole('listbox', { name: 'Requests' });
    await list.evaluate((element) => element.scrollTo({ top: 600 }));
    await expect.poll(() => page.locator('[data-index="20"]').count()).toBe(1);
    const before = await page.locator('[data-index="20"]').innerText();
    await ask();
    await ask();
    await page.getByRole('button', { name: '2 new' }).waitFor();
    await expect.poll(() => page.locator('[data-index="20"]').innerText()).toBe(before);
    await page.getByRole('button', { name: '2 new' }).click();
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBe(0);
    await expect.poll(async () => (await rows().first().innerText()).includes('gpt-4o')).toBe(true);
  });

  test('the keyboard goes to the search, down the list, into a request and out', async () => {
    await rows().first().focus();
    await page.keyboard.press('/');
    const search = page.getByLabel('Search model, error or id');
    await expect.poll(() => search.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('nobody');
    await expect.poll(() => rows().count()).toBe(1);
    await rows().first().focus();
    await page.keyboard.press('Enter');
    await panel().getByText('No endpoint was asked.').waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    await page.goto(`${gateway.url}/#/requests`);
    await expect.poll(() => rows().count()).toBeGreaterThan(20);
    await rows().first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-index="1"]').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
  });

  test('what is filtered is saved as a file', async () => {
    await page.goto(`${gateway.url}/#/requests?model=nobody`);
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'As JSON' }).click();
    const stream = await (await saved).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const records = JSON.parse(Buffer.concat(chunks).toString('utf8')) as RecordPage['records'];
    expect(records.map(({ clientModel, errorCode }) => [clientModel, errorCode])).toEqual([
      ['nobody', 'model_not_found'],
    ]);
  });

  test('the page speaks Chinese', async () => {
    await gateway.control('PATCH', '/settings', { ui: { language: 'zh-CN' } });
    await page.goto(`${gateway.url}/#/requests?model=gpt-4o`);
    await page.getByRole('button', { name: '取消筛选：模型：gpt-4o' }).waitFor();
    await expect.poll(() => rows().first().innerText()).toContain('gpt-4o');
    await rows().first().click();
    const chinese = page.getByRole('complementary', { name: '请求' });
    await chinese.getByText('账户已停用', { exact: true }).waitFor();
    await chinese.getByRole('button', { name: '启用账户' }).click();
    await chinese.getByText('账户已重新启用。').waitFor();
    expect(dashboard.complaints).toEqual([]);
  });
});
