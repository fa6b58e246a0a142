// From a request that failed to one that is answered, by the button beside the reason: each mend of the timeline, walked once.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { RecordPage, RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import { inChromium } from './inChromium.ts';
import { openDashboard } from './openDashboard.ts';

const goodKey = 'sk-good-0123456789abcdef4f2a';
const badKey = 'sk-bad-0123456789abcdef7b3e';

inChromium('the mends of the timeline', () => {
  const dashboard = openDashboard();
  let gateway: HeadlessProgram;
  let page: Page;
  let secret = '';

  /** An endpoint of that name, for the model of that name. */
  async function endpointOf(name: string, upstream: FakeUpstream, more: object = {}): Promise<string> {
    const { id } = await gateway.control<{ id: string }>('POST', '/endpoints', {
      name,
      baseUrl: upstream.url,
      models: [name],
      accounts: [{ secret: goodKey }],
      ...more,
    });
    return id;
  }
  const ask = async (model: string) => (await gateway.chat(secret, { model })).status;
  const change = (path: string, patch: object) => gateway.control('PATCH', path, { patch });

  beforeAll(async () => {
    gateway = await dashboard.gateway();
    // Each request is tried once: what fails is seen to fail.
    await gateway.control('PATCH', '/settings', { routing: { maxAttempts: 1, strategy: 'priority' } });
    ({ secret } = await gateway.control<{ secret: string }>('POST', '/client-keys', { name: 'Laptop' }));
    page = await dashboard.signedIn(gateway);
  });

  /** The timeline of the model's newest request. */
  async function openFailed(model: string): Promise<void> {
    const newest = async (): Promise<RequestRecord | undefined> =>
      (await gateway.control<RecordPage>('GET', `/records?limit=1&model=${model}`)).records[0];
    // Records are written down a moment after the answer.
    await expect.poll(async () => (await newest())?.status).toBe('failed');
    await page.goto(`${gateway.url}/#/requests/${(await newest())?.id}`);
    await panel().getByRole('region', { name: 'Why?' }).waitFor();
  }
  const panel = () => page.getByRole('complementary', { name: 'Request' });
  const node = (name: string) =>
    panel().getByRole('region', { name: 'Why?' }).getByRole('listitem').filter({ hasText: name });
  const press = (name: string, mend: string) => node(name).getByRole('button', { name: mend }).click();
  const done = (name: string, words: string | RegExp) =>
    node(name).getByRole('status').getByText(words).waitFor();

  test('a cooldown is cleared', async () => {
    const upstream = await dashboard.upstream({ models: ['cooled'] });
    await endpointOf('cooled', upstream);
    upstream.set({}, '429:3000');
    expect(await ask('cooled')).toBe(503);
    upstream.reset();
    expect(await ask('cooled')).toBe(503);
    await openFailed('cooled');
    await press('cooled', 'Try it again');
    await done('cooled', 'Cleared.');
    expect(await ask('cooled')).toBe(200);
  });

  test('an account is switched on', async () => {
    const id = await endpointOf('parked', await dashboard.upstream({ models: ['parked'] }));
    await change(`/endpoints/${id}/accounts/a1`, { enabled: false });
    expect(await ask('parked')).toBe(503);
    await openFailed('parked');
    await press('parked', 'Switch the account on');
    await done('parked', 'The account is in use again.');
    expect(await ask('parked')).toBe(200);
  });

  test('an endpoint is switched on', async () => {
    const id = await endpointOf('dark', await dashboard.upstream({ models: ['dark'] }));
    await change(`/endpoints/${id}`, { enabled: false });
    expect(await ask('dark')).toBe(503);
    await openFailed('dark');
    await press('dark', 'Switch the endpoint on');
    await done('dark', 'The endpoint is in use again.');
    expect(await ask('dark')).toBe(200);
  });

  test('a limit is raised', async () => {
    const limits = { rpm: -1, rpd: 0, tpm: -1, tpd: -1, concurrent: -1 };
    await endpointOf('limited', await dashboard.upstream({ models: ['limited'] }), { limits });
    expect(await ask('limited')).toBe(503);
    await openFailed('limited');
    await press('limited', 'Raise the limit');
    await node('limited').getByLabel('Requests/day').fill('50');
    await press('limited', 'Save');
    await done('limited', /limit/);
    expect(await ask('limited')).toBe(200);
  });

  test('a refused key is replaced', async () => {
    const upstream = await dashboard.upstream({ models: ['locked'], keys: [goodKey] });
    await endpointOf('locked', upstream, { accounts: [{ secret: badKey }] });
    expect(await ask('locked')).toBe(502);
    await openFailed('locked');
    await press('locked', 'Replace the key');
    await node('locked').getByLabel('New key').fill(goodKey);
    await press('locked', 'Save');
    await done('locked', /key/);
    expect(await ask('locked')).toBe(200);
  });

  test('an account that failed is tested', async () => {
    const upstream = await dashboard.upstream({ models: ['shaky'] });
    await endpointOf('shaky', upstream);
    upstream.set({}, '500');
    expect(await ask('shaky')).toBe(502);
    await openFailed('shaky');
    await press('shaky', 'Test this account');
    await done('shaky', /failed/);
    upstream.reset();
    await press('shaky', 'Test this account');
    await done('shaky', /It answers/);
    expect(await ask('shaky')).toBe(200);
  });

  test('a name is taken out of the endpoint that has no such model', async () => {
    const without = await dashboard.upstream({ models: ['old'], strictModels: true });
    await endpointOf('former', without, {
      models: [],
      modelMapping: { moved: 'gone', old: 'old' },
      priority: 0,
    });
    await endpointOf('moved', await dashboard.upstream({ models: ['moved'] }), { priority: 1 });
    expect(await ask('moved')).toBe(404);
    await openFailed('moved');
    await press('former', 'Remove the name here');
    await done('former', /moved/);
    expect(await ask('moved')).toBe(200);
  });

  test('a mapping is edited where the model stands', async () => {
    const upstream = await dashboard.upstream({ models: ['present'], strictModels: true });
    await endpointOf('mapped', upstream, { modelMapping: { mapped: 'absent' } });
    expect(await ask('mapped')).toBe(404);
    await openFailed('mapped');
    await node('mapped').getByRole('link', { name: 'Open the model' }).click();
    const model = page.getByRole('complementary', { name: 'Model' });
    const mapping = model.getByRole('region', { name: 'Model mapping' });
    await mapping.getByLabel('Endpoint’s name').fill('present');
    await mapping.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(
        async () =>
          (await gateway.control<{ modelMapping: Record<string, string> }[]>('GET', '/endpoints')).find(
            ({ modelMapping }) => 'mapped' in modelMapping,
          )?.modelMapping.mapped,
      )
      .toBe('present');
    expect(await ask('mapped')).toBe(200);
  });

  test('the spending mode is ended', async () => {
    await endpointOf('paid', await dashboard.upstream({ models: ['paid'] }));
    const free = await endpointOf('gratis', await dashboard.upstream({ models: ['gratis'] }), { free: true });
    expect(free).toBe('gratis');
    await gateway.control('POST', '/gateway/spending', { mode: 'free' });
    expect(await ask('paid')).toBe(503);
    await openFailed('paid');
    await press('paid', 'Back to normal');
    await done('paid', /normal/);
    expect(await ask('paid')).toBe(200);
  });

  test('and nothing was complained of', () => {
    expect(dashboard.complaints).toEqual([]);
  });
});
