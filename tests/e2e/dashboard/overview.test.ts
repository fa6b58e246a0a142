import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { RecordPage } from '../../../main/contract/schemas/record.ts';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

inChromium('the overview', () => {
  const dashboard = openDashboard();
  let page: Page;
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini'] });
    await gateway.control('POST', '/endpoints', {
      name: 'Main',
      baseUrl: upstream.url,
      models: ['gpt-4o', 'gpt-4o-mini'],
      accounts: [{ name: 'first', secret: 'sk-overview-0123456789' }],
    });
    const { secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'Laptop' });
    for (const model of ['gpt-4o', 'gpt-4o', 'gpt-4o-mini', 'nothing-like-it'])
      await gateway.chat(secret, { model, text: 'Hi' });
    // Records are written down a moment after they are answered.
    await vi.waitUntil(async () => (await recorded()).length === 4, { timeout: 20_000 });
    page = await dashboard.signedIn(gateway);
  });

  const recorded = async () => (await gateway.control<RecordPage>('GET', '/records')).records;

  test('shows what is picked over the span that is picked, and remembers the pick', async () => {
    await page.getByText('First token', { exact: true }).first().click();
    await page.getByText('24 h', { exact: true }).click();
    const graph = page.getByRole('slider', { name: /time to the first token/ });
    await expect.poll(() => graph.getAttribute('aria-valuetext')).toMatch(/requests 4, errors 1/);
    await page.reload();
    await page.getByRole('slider', { name: /time to the first token/ }).waitFor();
  });

  test('reads its graph to whoever walks it by keys', async () => {
    await page.getByText('1 h', { exact: true }).click();
    const graph = page.getByRole('slider');
    await expect.poll(() => graph.getAttribute('aria-valuemax')).toBe('59');
    await graph.focus();
    await page.keyboard.press('End');
    await expect.poll(() => graph.getAttribute('aria-valuetext')).toMatch(/^today .*requests \d/);
    await page.keyboard.press('Home');
    await expect.poll(() => graph.getAttribute('aria-valuenow')).toBe('0');
    await expect.poll(() => graph.getAttribute('aria-valuetext')).toMatch(/requests 0, errors 0/);
    await page.keyboard.press('Escape');
    await expect.poll(() => graph.getAttribute('aria-valuetext')).toMatch(/^Last hour: requests 4/);
  });

  test('names the hour of the heat map that is pointed at', async () => {
    const records = await recorded();
    const startOf = (time: number) => new Date(time).setMinutes(0, 0, 0);
    const hour = startOf(records[0]?.time ?? 0);
    // An hour may have begun while they were made, and a day since.
    const inIt = records.filter(({ time }) => startOf(time) === hour);
    const failed = inIt.filter(({ status }) => status === 'failed').length;
    const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
    const day = 29 - Math.round((midnight(Date.now()) - midnight(hour)) / 86_400_000);
    const cell = page.locator(`[data-cell="${day}-${new Date(hour).getHours()}"]`);
    const many = `${inIt.length} requests?`;
    await expect.poll(() => cell.getAttribute('aria-label')).toMatch(new RegExp(`: ${many}$`));
    await cell.focus();
    await expect
      .poll(() => page.locator('section', { has: cell }).innerText())
      .toMatch(new RegExp(`${many}\\s*${failed} error`));
    await page.keyboard.press('ArrowLeft');
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell))
      .toMatch(new RegExp(`^${day - 1}-`));
  });

  test('gives the span as a table', async () => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/^sluice-1h-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toMatch(/^\ufeffgroup,id,name,requests/);
    expect(text).toMatch(/\r\nmodel,gpt-4o,gpt-4o,2,0,/);
    expect(text).not.toContain('sk-overview');
  });

  test('leads from a model and an account to their requests', async () => {
    await page
      .getByRole('link', { name: /^gpt-4o-mini/ })
      .first()
      .click();
    await expect.poll(() => page.url()).toMatch(/model=gpt-4o-mini/);
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.goto(`${gateway.url}/#/`);
    await page.getByRole('link', { name: /^Main · first/ }).click();
    await expect.poll(() => page.getByRole('option').count()).toBe(3);
    await page.goto(`${gateway.url}/#/`);
    await page.getByRole('link', { name: /^Main · first/ }).waitFor();
    expect(dashboard.complaints).toEqual([]);
  });
});
