// An endpoint's life in the dashboard: added with keys, tested, mapped, refused, cleared, removed. No secret stays in the page.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

const secrets = [
  'sk-typed-first-0123456789abcd4f2a',
  'sk-typed-second-0123456789abcd91c0',
  'sk-typed-third-0123456789ab7777',
];

inChromium('endpoints in the dashboard', () => {
  walkInOrder();
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let upstream: FakeUpstream;
  let page: Page;

  beforeAll(async () => {
    upstream = await dashboard.upstream({ models: ['gpt-4o', 'gpt-4o-mini'], keys: secrets });
    gateway = await dashboard.gateway();
    page = await dashboard.signedIn(gateway);
  });

  /** Everything a script on the page could read. */
  async function everythingInThePage(): Promise<string> {
    return page.evaluate(() => {
      const typed = [...document.querySelectorAll('input, textarea')].map(
        (field) => (field as HTMLInputElement).value,
      );
      return [
        document.documentElement.outerHTML,
        ...typed,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
      ].join('\n');
    });
  }

  test('a wrong address is refused at its field', async () => {
    await page.getByRole('link', { name: 'Endpoints' }).first().click();
    await page.getByRole('link', { name: 'Add endpoint' }).click();
    await page.getByRole('button', { name: /^OpenAI/ }).click();
    const address = page.getByLabel('Base URL');
    await address.fill('https://user:pass@api.example.com/v1');
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    await page.getByText('Leave out user name and password').waitFor();
    await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true');
    // The refusal is the one answer of this page the console calls an error.
    await expect.poll(() => dashboard.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  });

  test('a draft is tested, then saved with its keys and mapping', async () => {
    await page.getByLabel('Base URL').fill(upstream.url);
    await page.getByLabel('Name', { exact: true }).fill('Fake OpenAI');
    await page.getByLabel('API keys').fill(`${secrets[0]}\nteam = ${secrets[1]}`);
    await page.getByText('2 keys. They go into the vault').waitFor();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('It works.').waitFor();
    await page.getByRole('button', { name: 'Add a mapping' }).click();
    await page.getByLabel('Client’s name 1').fill('gpt-4');
    await page.getByLabel('Endpoint’s name 1').fill('gpt-4o');
    await page.getByRole('button', { name: 'Add endpoint' }).click();

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('••4f2a').waitFor();
    await page.getByText('team').waitFor();
    const text = await everythingInThePage();
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('its mapping answers a client', async () => {
    const { key, secret } = await gateway.control<{ key: { id: string }; secret: string }>(
      'POST',
      '/client-keys',
      { name: 'test' },
    );
    const answer = await gateway.chat(secret, { model: 'gpt-4' });
    expect(answer).toMatchObject({ status: 200 });
    expect(upstream.journal.last().model).toBe('gpt-4o');
    expect(key.id).toBeTruthy();
  });

  test('more keys are added, the saved endpoint is tested by account', async () => {
    await page.getByRole('button', { name: 'Add keys' }).click();
    await page.getByLabel('API keys').fill(secrets[2] ?? '');
    await page.getByRole('button', { name: 'Add 1 key' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('••7777').waitFor();
    expect(await everythingInThePage()).not.toContain(secrets[2]);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('It works.').waitFor();
  });

  test('a refused key is named on the overview with its mend beside it', async () => {
    await gateway.control('POST', '/endpoints', {
      name: 'Groq',
      baseUrl: upstream.url,
      accounts: [{ secret: 'gsk-wrong-0123456789abcdef7b3e' }],
      models: ['llama'],
    });
    const { secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'test' });
    expect((await gateway.chat(secret, { model: 'llama' })).status).toBe(502);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Groq refused key ••7b3e.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Groq refused key ••7b3e.').waitFor({ state: 'detached' });
  });

  test('the order is changed and an endpoint removed', async () => {
    await page.getByRole('link', { name: 'Endpoints' }).first().click();
    const names = () =>
      page.locator('main li button[aria-expanded] > span > span:first-child').allInnerTexts();
    await expect.poll(names).toEqual(['Fake OpenAI', 'Groq']);
    await page.getByRole('button', { name: 'More for Groq' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await expect.poll(names).toEqual(['Groq', 'Fake OpenAI']);
    await page.getByRole('button', { name: 'More for Groq' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.poll(names).toEqual(['Fake OpenAI']);
  });

  test('an edit keeps what it does not touch', async () => {
    await page.getByRole('button', { name: 'More for Fake OpenAI' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Requests/min').fill('30');
    const [at] = await gateway.control<{ id: string }[]>('GET', '/endpoints');
    await gateway.control('PATCH', `/endpoints/${at?.id}`, { patch: { weight: 4, limits: { tpm: 9000 } } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const [saved] = await gateway.control<{ limits: object; modelMapping: object; accounts: unknown[] }[]>(
      'GET',
      '/endpoints',
    );
    expect(saved).toMatchObject({ limits: { rpm: 30, rpd: -1 }, modelMapping: { 'gpt-4': 'gpt-4o' } });
    // Changed elsewhere while the form stood open.
    expect(saved).toMatchObject({ weight: 4, limits: { tpm: 9000 } });
    expect(saved?.accounts.length).toBe(3);
    await page.getByRole('button', { name: 'More for team' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('crew');
    await gateway.control('PATCH', `/endpoints/${at?.id}/accounts/a2`, { patch: { weight: 6 } });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const [after] = await gateway.control<{ accounts: object[] }[]>('GET', '/endpoints');
    expect(after?.accounts[1]).toMatchObject({ id: 'a2', name: 'crew', weight: 6 });
    expect(dashboard.complaints).toEqual([]);
  });
});
