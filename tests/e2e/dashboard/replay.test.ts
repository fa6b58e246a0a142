// What was sent and answered, and sending it again, in both languages.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';
import { walkInOrder } from './walkInOrder.ts';

const words = {
  en: {
    request: 'Request',
    keep: 'Keep requests and answers',
    raw: 'Raw',
    copyRequest: 'Copy the request',
    curl: 'Copy as curl',
    replay: 'Replay…',
    first: 'First answer',
    second: 'Second answer',
    run: 'Run',
    runBoth: 'Run both',
    cancel: 'Cancel',
    cancelled: 'Cancelled.',
    routed: 'As routed',
    attachment: 'Attachment: image/png 12 kB',
    notObject: 'This must be one JSON object.',
  },
  'zh-CN': {
    request: '请求',
    keep: '保留请求与回答内容',
    raw: '原文',
    copyRequest: '复制请求',
    curl: '复制为\u2009curl',
    replay: '重放…',
    first: '第一个回答',
    second: '第二个回答',
    run: '运行',
    runBoth: '同时运行',
    cancel: '取消',
    cancelled: '已取消。',
    routed: '按调度策略',
    attachment: '附件：image/png 12 kB',
    notObject: '这里需要一个\u2009JSON\u2009对象。',
  },
} as const;

inChromium.each(['en', 'zh-CN'] as const)('replay and bodies in the dashboard (%s)', (language) => {
  walkInOrder();
  const said = words[language];
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let good: FakeUpstream;
  let other: FakeUpstream;
  let page: Page;
  let secret = '';
  let opening = '';

  beforeAll(async () => {
    good = await dashboard.upstream({ models: ['gpt-4o'], reply: () => 'the first says this' });
    other = await dashboard.upstream({ models: ['gpt-4o'], reply: () => 'the other says that' });
    gateway = await dashboard.gateway();
    for (const [index, upstream] of [good, other].entries())
      await gateway.control('POST', '/endpoints', {
        name: ['Good', 'Other'][index],
        baseUrl: upstream.url,
        models: ['gpt-4o'],
        priority: index,
      });
    const issued = await gateway.control<{ secret: string }>('POST', '/client-keys', {
      name: 'Laptop',
      models: ['*'],
      limits: {},
      budgetUsdPerDay: null,
      expiresAt: null,
    });
    secret = issued.secret;
    await gateway.chat(secret, { model: 'gpt-4o', text: 'before' });
    page = await dashboard.signedIn(gateway, {
      locale: language,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
  });

  const panel = () => page.locator('aside[aria-label]').last();
  const dialog = () => page.getByRole('dialog');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  async function openNewest(): Promise<void> {
    const newest = async () =>
      (await gateway.control<{ records: { id: string }[] }>('GET', '/records?limit=1')).records[0]?.id ?? '';
    // Records are written down a moment after they are answered.
    await expect.poll(newest).not.toBe(opening);
    opening = await newest();
    await page.goto(`${gateway.url}/#/requests/${opening}`);
    await panel().getByRole('button', { name: said.curl }).waitFor();
  }

  test('where nothing is kept, it is switched on right there', async () => {
    await openNewest();
    const keep = panel().getByRole('switch', { name: said.keep });
    await expect.poll(() => keep.isChecked()).toBe(false);
    await keep.click({ force: true });
    await expect
      .poll(
        async () =>
          (await gateway.control<{ usage: { recordBodies: boolean } }>('GET', '/settings')).usage
            .recordBodies,
      )
      .toBe(true);
  });

  test('a conversation is read, an image told by its size', async () => {
    const content = [
      { type: 'text', text: 'what is on it?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${'iVBORw0KGgoA'.repeat(1_334)}` } },
    ];
    const options = { messages: [{ role: 'user', content }] };
    await gateway.chat(secret, { model: 'gpt-4o', stream: true, options });
    await openNewest();
    await panel().getByText('what is on it?').waitFor();
    await panel().getByText(said.attachment).waitFor();
    await panel().getByText('the first says this').waitFor();
  });

  test('and as it was: the request as a tree, the answer as events', async () => {
    await panel().getByText(said.raw, { exact: true }).click();
    const request = panel().getByRole('region', { name: said.request, exact: true });
    await request.getByText('"messages":').waitFor();
    await panel().getByText('[DONE]').waitFor();
    await request.getByRole('button', { name: said.copyRequest }).click();
    await expect.poll(clipboard).toContain('"gpt-4o"');
    expect(JSON.parse(await clipboard())).toMatchObject({ model: 'gpt-4o', stream: true });
  });

  test('a line for curl holds the request and no key', async () => {
    await gateway.chat(secret, { model: 'gpt-4o', text: 'once more' });
    await openNewest();
    await panel().getByText('once more').waitFor();
    await panel().getByRole('button', { name: said.curl }).click();
    await expect.poll(clipboard).toContain('once more');
    const copied = await clipboard();
    expect(copied).toContain(`${gateway.url.replace('127.0.0.1', 'localhost')}/v1/chat/completions`);
    expect(copied).toContain('Bearer $SLUICE_KEY');
    expect(copied).not.toContain(secret);
  });

  test('the recorded answer stands beside another endpoint’s', async () => {
    await panel().getByRole('button', { name: said.replay }).click();
    const [first, second] = [said.first, said.second].map((name) => dialog().getByRole('region', { name }));
    await first?.getByText('the first says this').waitFor();
    await dialog().getByRole('button', { name: said.run, exact: true }).click();
    await second?.getByText('the other says that').waitFor();
    await second?.getByText('Other', { exact: true }).waitFor();
    await expect.poll(() => second?.getByText('200', { exact: true }).count()).toBe(1);
    expect(other.journal.last().json).toMatchObject({ messages: [{ content: 'once more' }] });
  });

  test('two endpoints answer at once, what is asked may be changed', async () => {
    const editor = dialog().getByRole('textbox', { name: said.request });
    await editor.fill('{');
    await dialog().getByText(said.notObject).waitFor();
    await expect
      .poll(() => dialog().getByRole('button', { name: said.run, exact: true }).isDisabled())
      .toBe(true);
    await editor.fill('{"model":"gpt-4o","messages":[{"role":"user","content":"changed"}],"stream":true}');
    await dialog().getByRole('combobox', { name: said.first }).click();
    await page.getByRole('option', { name: said.routed }).click();
    await dialog().getByRole('button', { name: said.runBoth }).click();
    await dialog().getByRole('region', { name: said.first }).getByText('the first says this').waitFor();
    await dialog().getByRole('region', { name: said.second }).getByText('the other says that').waitFor();
    for (const upstream of [good, other])
      await expect
        .poll(() => upstream.journal.last().json)
        .toMatchObject({ messages: [{ content: 'changed' }] });
  });

  test('one is cancelled, the upstream is let go', async () => {
    good.set({}, 'stall@3');
    other.set({}, '400');
    await dialog().getByRole('button', { name: said.runBoth }).click();
    const second = dialog().getByRole('region', { name: said.second });
    await second.getByRole('alert').filter({ hasText: '400' }).waitFor();
    await dialog().getByRole('button', { name: said.cancel }).click();
    await dialog().getByText(said.cancelled).waitFor();
    await good.journal.waitFor((entries) => entries.every(({ endedAt }) => endedAt !== null));
    expect(good.journal.last().ended).toBe('client');
  });

  test('nothing was complained of', () => {
    expect(dashboard.complaints).toEqual([]);
  });
});
