// The models' page: who serves a name and in which order, a price of one's own, another name that serves, in both languages.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

inChromium('models in the dashboard', () => {
  walkInOrder();
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;
  let page: Page;

  const row = (name: string) => page.getByRole('option').filter({ hasText: name });
  const panel = () => page.getByRole('complementary', { name: 'Model' });
  const steps = () => panel().getByRole('region', { name: 'Where a request goes' }).getByRole('listitem');

  beforeAll(async () => {
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini'] });
    gateway = await dashboard.gateway();
    page = await dashboard.signedIn(gateway);
  });

  test('the empty page says where models come from', async () => {
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByText('Models come from your endpoints.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Add endpoint' }).waitFor();
  });

  test('a name shows all its endpoints, also one that is off', async () => {
    await gateway.control('POST', '/endpoints', {
      name: 'First',
      baseUrl: upstream.url,
      models: ['gpt-4o'],
      priority: 0,
      enabled: false,
    });
    await gateway.control('POST', '/endpoints', {
      name: 'Second',
      baseUrl: upstream.url,
      accounts: [{ name: 'main', secret: 'sk-second-0123456789abcdef' }],
      models: ['gpt-4o', 'gpt-4o-mini'],
      priority: 1,
    });
    const name = row('gpt-4o').filter({ hasNotText: 'mini' });
    await name.getByRole('img', { name: 'Off' }).waitFor();
    // The one that answers stands before the one that is off.
    await expect.poll(() => name.innerText()).toMatch(/Second[\s\S]*First[\s\S]*\$2\.50 \/ \$10\.00/);
  });

  test('the preview names the order and the reason, by keyboard', async () => {
    await row('gpt-4o').first().focus();
    await page.keyboard.press('Enter');
    await panel().getByText('A request goes to Second first.').waitFor();
    await expect
      .poll(() => steps().allInnerTexts())
      .toEqual([
        expect.stringMatching(/Second[\s\S]*No\. 1/),
        expect.stringMatching(/First[\s\S]*Skipped[\s\S]*endpoint is switched off/i),
      ]);
    await page.keyboard.press('ArrowDown');
    await panel().getByRole('heading', { name: 'gpt-4o-mini' }).waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
  });

  test('the preview follows when the other is switched on', async () => {
    await row('gpt-4o').first().click();
    await panel().getByText('A request goes to Second first.').waitFor();
    await gateway.control('PATCH', '/endpoints/first', { patch: { enabled: true } });
    await panel().getByText('A request goes to First first.').waitFor();
    await gateway.control('PATCH', '/endpoints/first', { patch: { enabled: false } });
    await panel().getByText('A request goes to Second first.').waitFor();
  });

  test('a price of one’s own shows, and is taken back', async () => {
    const input = panel().getByLabel('Price in');
    await expect.poll(() => input.getAttribute('placeholder')).toBe('2.5');
    await input.fill('1.25');
    await panel().getByRole('button', { name: 'Save' }).click();
    await row('gpt-4o').first().getByText('$1.25 / $10.00').waitFor();
    const overrides = async () =>
      (await gateway.control<{ usage: { modelOverrides: object } }>('GET', '/settings')).usage.modelOverrides;
    await expect.poll(overrides).toEqual({ 'gpt-4o': { inputUsdPerMTok: 1.25 } });
    await panel().getByRole('button', { name: 'Reset' }).click();
    await row('gpt-4o').first().getByText('$2.50 / $10.00').waitFor();
  });

  test('what is typed stays while others change the mapping and the order; what is not follows', async () => {
    const map = (names: Record<string, string | null>) =>
      gateway.control('POST', '/models/map', { endpointId: 'second', names });
    const price = panel().getByLabel('Price in');
    const edit = (modelOverrides: object) =>
      gateway.control('PATCH', '/settings', { usage: { modelOverrides } });
    await map({ elsewhere: 'gpt-4o' });
    await expect.poll(() => panel().getByLabel('Client’s name 1').inputValue()).toBe('elsewhere');
    await edit({ 'gpt-4o': { inputUsdPerMTok: 7 } });
    await expect.poll(() => price.inputValue()).toBe('$7');
    await panel().getByRole('button', { name: 'Add a name' }).click();
    await panel().getByLabel('Client’s name 2').fill('half-typ');
    await price.fill('3');
    await map({ elsewhere: null, other: 'gpt-4o-mini' });
    await gateway.control('PATCH', '/endpoints/first', { patch: { enabled: true } });
    await edit({});
    await panel().getByText('A request goes to First first.').waitFor();
    await row('gpt-4o').first().getByText('$2.50 / $10.00').waitFor();
    await row('other').waitFor();
    await expect.poll(() => panel().getByLabel('Client’s name 2').inputValue()).toBe('half-typ');
    await expect.poll(() => price.inputValue()).toBe('$3');
    await map({ other: null });
    await gateway.control('PATCH', '/endpoints/first', { patch: { enabled: false } });
    await page.reload();
    await panel().getByText('A request goes to Second first.').waitFor();
  });

  test('an alias made here serves', async () => {
    await panel().getByRole('button', { name: 'Add a name' }).click();
    await expect.poll(() => panel().getByLabel('Endpoint’s name 1').inputValue()).toBe('gpt-4o');
    await panel().getByLabel('Client’s name 1').fill('work/best');
    await panel().getByRole('button', { name: 'Save' }).click();
    await row('work/best').getByText('→ gpt-4o').waitFor();
    const { secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'test' });
    expect((await gateway.chat(secret, { model: 'work/best' })).status).toBe(200);
    expect(upstream.journal.last().model).toBe('gpt-4o');
    await row('work/best').click();
    await panel().getByRole('heading', { name: 'work/best' }).waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/models/work/best');
    await page.keyboard.press('Escape');
  });

  test('the list is searched, and a name that is not in it can be asked about', async () => {
    await page.getByLabel('Search models').fill('best');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.getByLabel('Search models').fill('nobody-has-this');
    await page.getByRole('button', { name: 'Where would nobody-has-this go?' }).click();
    await panel().getByText('No endpoint serves nobody-has-this.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Search models').fill('');
    await page.getByRole('combobox', { name: 'Endpoint' }).click();
    await page.getByRole('option', { name: 'First', exact: true }).click();
    await expect.poll(() => page.locator('[data-index]').count()).toBe(1);
  });

  test('a thousand names are a list of few elements', async () => {
    const models = Array.from({ length: 1000 }, (_none, index) => `many/model-${index}`);
    await gateway.control('POST', '/endpoints', { name: 'Many', baseUrl: upstream.url, models, priority: 2 });
    await page.reload();
    await page.getByText('1,003 names').or(page.getByText('1003 names')).waitFor();
    await expect.poll(() => page.locator('[data-index]').count()).toBeLessThan(80);
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press('End');
    await row('work/best').waitFor();
  });

  test('the page speaks Chinese', async () => {
    await gateway.control('PATCH', '/settings', { ui: { language: 'zh-CN' } });
    await page.getByRole('link', { name: '模型' }).waitFor();
    await row('work/best').click();
    const chinese = page.getByRole('complementary', { name: '模型' });
    await chinese.getByText('现在的请求会先发往Second。').waitFor();
    await chinese.getByRole('button', { name: '添加别名' }).waitFor();
    await chinese.getByText('输入价格').waitFor();
    expect(dashboard.complaints).toEqual([]);
  });
});
