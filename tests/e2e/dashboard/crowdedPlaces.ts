// What opens for a moment, and what is rarely seen: dialogs, the doctor's findings, each state of an endpoint, names and numbers out
// of the ordinary. All in one gateway, see seedCrowd.ts.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, Route } from 'playwright-core';
import type { Place } from './places.ts';
import { crowdModels } from './seedCrowd.ts';

type Words = { [name: string]: string | Words };

const i18n = path.join(import.meta.dirname, '..', '..', '..', 'renderer', 'i18n');
const words: Record<string, Words> = Object.fromEntries(
  ['en', 'zh-CN'].map((language) => [
    language,
    JSON.parse(readFileSync(path.join(i18n, `${language}.json`), 'utf8')) as Words,
  ]),
);

/** A text of the window in the language it shows, e.g. `endpoints.test`. */
async function said(page: Page, key: string): Promise<string> {
  const language = await page.evaluate(() => document.documentElement.lang);
  let found: string | Words | undefined = words[language];
  for (const name of key.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  if (typeof found !== 'string') throw new Error(`no text ${key} in ${language}`);
  return found;
}

async function press(page: Page, key: string): Promise<void> {
  await page
    .getByRole('button', { name: await said(page, key), exact: true })
    .first()
    .click();
}

/** The doctor on the endpoint that is open, to its end. */
async function examine(
  page: Page,
  verdict: 'ok' | 'partly' | 'failed',
  key = 'endpoints.test',
): Promise<void> {
  await press(page, key);
  await page
    .getByText(await said(page, `doctor.verdict.${verdict}`), { exact: true })
    .waitFor({ timeout: 45_000 });
}

/** Answers of the gateway with other facts in them. */
async function alter(page: Page, operation: string, change: (answer: never) => unknown): Promise<void> {
  await page.route(`**/control${operation}`, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change((await response.json()) as never) });
  });
}

const vaultIs = (kind: string, state: string, code: string) => (page: Page) =>
  alter(page, '/gateway', (status: { problems: { code: string }[] }) => ({
    ...status,
    vault: { ...(status as object as { vault: object }).vault, kind, state },
    problems: [
      ...status.problems.filter((problem) => !problem.code.startsWith('vault-')),
      { code, message: 'The vault does not answer.', details: {} },
    ],
  }));

async function choose(page: Page, open: Promise<void>, item: string): Promise<void> {
  await open;
  await page.getByRole('menuitem', { name: item }).click();
}

const notes = `Sluice 0.2.0

- The doctor names the proxy in between.
- 请求记录可以导出为 CSV 和 JSON。
- Replay shows both answers side by side.
- ${'A long line that says much about a small change. '.repeat(4)}`;
const release = { version: '0.2.0', notes, size: 104_857_600 };
const updates = { version: '0.1.0', way: 'itself', page: 'https://downloads.example.test/' } as const;

const file = JSON.stringify({
  apis: [
    {
      name: 'Backup',
      baseUrl: 'https://backup.example.test',
      apiKey: 'sk-backup-0123456789',
      models: ['m', 'n'],
    },
    {
      name: '备用线路（华东）',
      baseUrl: 'https://cn.example.test',
      apiKey: 'sk-other-0123456789',
      models: [],
    },
    { name: 'No address', apiKey: 'sk-none-0123456789' },
  ],
});

const manyKeys = Array.from({ length: 24 }, (_, index) =>
  index % 5 === 0
    ? `team ${index} = sk-paste-${String(index).padStart(24, '0')}`
    : `sk-paste-${String(index).padStart(24, '0')}`,
).join('\n');

const everyNode = `/requests/REQUEST:${crowdModels.everyNode}`;

export const crowdedPlaces: readonly Place[] = [
  { name: 'overview', drawnOnly: true, path: '/', narrow: true, height: 1080 },
  { name: 'tray', path: '/tray', width: 400, height: 620 },
  { name: 'endpoints', path: '/endpoints', narrow: true, height: 1440 },
  { name: 'models', path: '/models', narrow: true },
  { name: 'keys', drawnOnly: true, path: '/keys', narrow: true },
  { name: 'requests', path: '/requests', narrow: true },
  { name: 'endpoint-accounts', path: '/endpoints/crowd', height: 1080, narrow: true },
  { name: 'endpoint-limited', path: '/endpoints/limited' },
  { name: 'endpoint-cooling', drawnOnly: true, path: '/endpoints/cooling' },
  { name: 'endpoint-refused', path: '/endpoints/refused', narrow: true },
  {
    name: 'endpoints-nothing',
    path: '/endpoints',
    open: (page) => page.getByRole('searchbox').fill('nothing is called this'),
  },
  {
    name: 'models-nothing',
    drawnOnly: true,
    path: '/models',
    open: (page) => page.getByRole('searchbox').fill('no/such model'),
  },
  { name: 'doctor-good', path: '/endpoints/behind', height: 900, open: (page) => examine(page, 'ok') },
  {
    name: 'doctor-refused',
    path: '/endpoints/refused',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-models',
    drawnOnly: true,
    path: '/endpoints/no-models',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-page',
    drawnOnly: true,
    path: '/endpoints/web-page',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-nobody',
    drawnOnly: true,
    path: '/endpoints/nobody-there',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-name',
    drawnOnly: true,
    path: '/endpoints/misspelt',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-slip',
    drawnOnly: true,
    path: '/endpoints/slip',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-broken',
    drawnOnly: true,
    path: '/endpoints/broken',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-credit',
    drawnOnly: true,
    path: '/endpoints/penniless',
    height: 900,
    open: (page) => examine(page, 'failed'),
  },
  {
    name: 'doctor-running',
    path: '/endpoints/mute',
    height: 900,
    open: (page) => press(page, 'endpoints.test'),
  },
  {
    name: 'keys-paste',
    path: '/endpoints/behind',
    open: async (page) => {
      await press(page, 'endpoints.addKeys');
      await page.getByRole('dialog').getByRole('textbox').first().fill(manyKeys);
    },
  },
  {
    name: 'key-once',
    path: '/keys/new',
    open: async (page) => {
      // The dialog is what is looked at: the key itself is not made again for each look.
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').first().fill('Cherry Studio');
      await dialog.locator('button[type=submit]').click();
      await page.getByRole('button', { name: await said(page, 'keys.kept') }).waitFor();
    },
  },
  { name: 'request-nodes', path: everyNode, height: 1440, narrow: true },
  {
    name: 'request-hopeless',
    drawnOnly: true,
    path: `/requests/REQUEST:${crowdModels.hopeless}`,
    height: 900,
  },
  { name: 'request-nobody', drawnOnly: true, path: '/requests/REQUEST:nobody-serves-this', height: 900 },
  { name: 'request-body', path: `/requests/REQUEST:${crowdModels.kept}`, height: 1440 },
  {
    name: 'request-raw',
    path: `/requests/REQUEST:${crowdModels.kept}`,
    height: 1440,
    open: async (page) => page.getByText(await said(page, 'bodies.raw'), { exact: true }).click(),
  },
  { name: 'request-cut', drawnOnly: true, path: `/requests/REQUEST:${crowdModels.cut}`, height: 1440 },
  {
    name: 'replay',
    path: `/requests/REQUEST:${crowdModels.kept}`,
    height: 900,
    narrow: true,
    open: async (page) => {
      await press(page, 'replay.open');
      await page.getByRole('dialog').waitFor();
      await press(page, 'replay.run').catch(() => press(page, 'replay.runBoth'));
    },
  },
  {
    name: 'requests-nothing',
    drawnOnly: true,
    path: '/requests?search=nothing-like-this',
  },
  {
    name: 'import',
    path: '/settings/transfer',
    height: 900,
    narrow: true,
    open: async (page) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'apis.json', mimeType: 'application/json', buffer: Buffer.from(file) });
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'link',
    path: '/',
    height: 900,
    desktop: {
      link: {
        state: 'asks',
        id: 'one',
        behind: 2,
        endpoints: [
          {
            key: 'a',
            name: '共享线路',
            kind: 'openai',
            baseUrl: 'http://llm.example.test:8080/v1',
            host: 'llm.example.test:8080',
            readable: true,
            keys: ['••4f2a', '••91c0'],
            models: ['gpt-4o', 'deepseek-chat'],
            mapping: [['gpt-4', 'gpt-4o']],
            existing: null,
            brings: { accounts: 2, models: 2, mappings: 1 },
          },
          {
            key: 'b',
            name: 'Limited',
            kind: 'anthropic',
            baseUrl: 'https://api.example.test',
            host: 'api.example.test',
            readable: false,
            keys: ['••e77d'],
            models: [],
            mapping: [],
            existing: { id: 'limited', name: 'Limited' },
            brings: { accounts: 1, models: 0, mappings: 0 },
          },
        ],
      },
    },
    open: (page) => page.getByRole('dialog').waitFor(),
  },
  {
    name: 'link-refused',
    drawnOnly: true,
    path: '/',
    desktop: {
      link: { state: 'refused', id: 'two', reason: 'not-allowed', part: 'endpoints.0.baseUrl', behind: 0 },
    },
    open: (page) => page.getByRole('dialog').waitFor(),
  },
  {
    name: 'update',
    path: '/settings/updates',
    desktop: { update: { ...updates, update: { state: 'available', release, trouble: null } } },
  },
  {
    name: 'update-damaged',
    drawnOnly: true,
    path: '/settings/updates',
    desktop: { update: { ...updates, update: { state: 'available', release, trouble: 'damaged' } } },
  },
  {
    name: 'update-loading',
    path: '/settings/updates',
    desktop: { update: { ...updates, update: { state: 'loading', release, percent: 41 } } },
  },
  {
    name: 'update-ready',
    drawnOnly: true,
    path: '/settings/updates',
    desktop: { update: { ...updates, update: { state: 'ready', release } } },
  },
  {
    name: 'vault-keychain',
    drawnOnly: true,
    path: '/',
    before: vaultIs('keychain', 'locked', 'vault-locked'),
  },
  {
    name: 'vault-passphrase',
    path: '/settings/vault',
    before: vaultIs('file', 'locked', 'vault-locked'),
    open: (page) => press(page, 'settings.vaultOpen'),
  },
  {
    name: 'vault-memory',
    drawnOnly: true,
    path: '/settings/vault',
    before: vaultIs('memory', 'ready', 'vault-memory'),
  },
  {
    name: 'spending',
    path: '/',
    open: async (page) => {
      const label = (await said(page, 'spending.button')).replace(
        '{{mode}}',
        await said(page, 'spending.short.normal'),
      );
      await page.getByRole('button', { name: label }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'spending-endpoint',
    drawnOnly: true,
    path: '/',
    open: async (page) => {
      const label = (await said(page, 'spending.button')).replace(
        '{{mode}}',
        await said(page, 'spending.short.normal'),
      );
      await choose(
        page,
        page.getByRole('button', { name: label }).click(),
        await said(page, 'spending.choice.endpoint'),
      );
    },
  },
  {
    name: 'undo',
    path: '/endpoints',
    open: async (page) => {
      const row = page.getByRole('listitem').filter({ hasText: 'Spare' }).first();
      await choose(page, row.getByRole('button').last().click(), await said(page, 'action.remove'));
      await page.getByRole('button', { name: await said(page, 'action.undo') }).waitFor();
    },
  },
  {
    name: 'palette-many',
    drawnOnly: true,
    path: '/',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('model');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'palette-nothing',
    path: '/',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('qqqqzzzz');
    },
  },
  {
    name: 'lost',
    path: '/',
    height: 900,
    before: (page) =>
      page.route('**/control/events', (route) =>
        route.fulfill({ contentType: 'text/event-stream', body: ': bye\n\n' }),
      ),
    open: async (page) => page.getByText(await said(page, 'feed.reconnecting')).waitFor(),
  },
  {
    name: 'slow',
    path: '/endpoints',
    waits: true,
    before: (page) => page.route('**/control/endpoints', () => undefined),
    open: (page) => page.locator('main [data-loading]').waitFor(),
  },
];
