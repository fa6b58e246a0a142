// Links before the real core: what is shown, what is taken, and that nothing is without a word.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLinks, type Links } from '../../main/desktop/links/createLinks.ts';
import { createTestCore, eventually, type TestCore } from '../fakes/testCore.ts';

const secret = 'sk-link-canary-00000000-4f2a';
const log = { debug() {}, info() {}, warn() {}, error() {} };
let core: TestCore;
let links: Links;
let came: number;

beforeEach(async () => {
  came = 0;
  core = await createTestCore({
    settings: {
      endpoints: [
        {
          id: 'main',
          name: 'Main',
          baseUrl: 'https://api.example.com/v1',
          accounts: [{ id: 'a1', secret: { env: 'MAIN_KEY' } }],
        },
      ],
    },
    env: { MAIN_KEY: 'sk-main-0000000000000000' },
  });
  const onCome = () => {
    came += 1;
  };
  links = createLinks({ transfer: core.control.transfer, log, onCome });
});
afterEach(() => core.close());

const link = (more: string) => `sluice://import?${more}`;
const shown = () =>
  eventually(
    () => links.view.now,
    (view) => view !== null,
  );
const settings = () => JSON.stringify(core.core.settings());

test('a link changes nothing until it is accepted; then just what was shown', async () => {
  const before = settings();
  links.open(link(`name=Team&baseUrl=http://llm.example.net:8080/v1&key=${secret}&models=m1,m2`));
  const view = await shown();
  expect(came).toBe(1);
  expect(view).toMatchObject({
    state: 'asks',
    behind: 0,
    endpoints: [
      {
        name: 'Team',
        baseUrl: 'http://llm.example.net:8080/v1',
        host: 'llm.example.net:8080',
        readable: true,
        keys: ['••4f2a'],
        models: ['m1', 'm2'],
        existing: null,
      },
    ],
  });
  expect(JSON.stringify(view)).not.toContain('canary');
  expect(settings()).toBe(before);
  expect(await links.accept('another')).toBeNull();
  expect(settings()).toBe(before);
  expect(await links.accept(view?.id ?? '')).toMatchObject({
    added: 1,
    merged: 0,
    settings: 0,
    clientKeys: 0,
  });
  expect(links.view.now).toBeNull();
  const [, added] = await core.control.endpoints.list();
  expect(added).toMatchObject({ name: 'Team', models: ['m1', 'm2'] });
  expect(added?.accounts[0]?.secret.mask).toBe('••4f2a');
  expect(settings()).not.toContain('canary');
  expect(JSON.stringify(core.logs)).not.toContain('canary');
  await core.control.transfer.undo();
  expect(await core.control.endpoints.list()).toHaveLength(1);
});

test('where the address is there already, it says what that endpoint would get', async () => {
  links.open(link(`baseUrl=https://API.example.com/v1/&key=${secret}`));
  const view = await shown();
  expect(view).toMatchObject({
    endpoints: [{ existing: { id: 'main', name: 'Main' }, brings: { accounts: 1, models: 0, mappings: 0 } }],
  });
  expect(await links.accept(view?.id ?? '')).toMatchObject({ added: 0, merged: 1 });
});

test('what changed under the question is asked again', async () => {
  links.open(link(`baseUrl=https://new.example.com/v1&key=${secret}`));
  const view = await shown();
  await core.control.endpoints.create({ name: 'Same', baseUrl: 'https://new.example.com/v1' });
  expect(await links.accept(view?.id ?? '')).toBeNull();
  const again = await eventually(
    () => links.view.now,
    (now) => now?.state === 'asks' && now.endpoints[0]?.existing !== null,
  );
  expect(await core.control.endpoints.list()).toHaveLength(2);
  expect(await links.accept(again?.id ?? '')).toMatchObject({ merged: 1 });
});

test('links wait for each other, the same one only once, and no crowd of them', async () => {
  links.open(link('baseUrl=https://one.test/v1'));
  const one = await shown();
  links.open(link('baseUrl=https://one.test/v1'));
  links.open('sluice://wipe');
  for (let index = 0; index < 20; index += 1) links.open(link(`baseUrl=https://more${index}.test/v1`));
  expect(links.view.now).toMatchObject({ id: one?.id, behind: 4 });
  links.dismiss(one?.id ?? '');
  const refused = await eventually(
    () => links.view.now,
    (now) => now?.id !== one?.id,
  );
  expect(refused).toMatchObject({ state: 'refused', reason: 'unknown-action', behind: 3 });
  expect(await links.accept(refused?.id ?? '')).toBeNull();
  expect(await core.control.endpoints.list()).toHaveLength(1);
});

test('at the same time, an agreement counts once', async () => {
  links.open(link(`baseUrl=https://one.test/v1&key=${secret}`));
  const { id = '' } = (await shown()) ?? {};
  const answers = await Promise.all([links.accept(id), links.accept(id), links.accept(id)]);
  expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  expect(await core.control.endpoints.list()).toHaveLength(2);
});
