// Notifications as the desktop gives them to the system, on the stand-in for Electron and the real core.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UpdateView } from '../../main/contract/schemas/update.ts';
import { createChanges } from '../../main/desktop/changes.ts';
import type { Notices } from '../../main/desktop/notices/createNotices.ts';
import { startNotices } from '../../main/desktop/notices/startNotices.ts';
import type { Updates } from '../../main/desktop/updates/createUpdates.ts';
import { shownNotifications } from '../electron/notification.ts';
import { createTestCore, eventually, type TestCore } from '../fakes/testCore.ts';

vi.mock('electron', () => import('../electron/electron.ts'));

const log = { debug() {}, info() {}, warn() {}, error() {} };
const ready = (version: string): UpdateView => ({
  version: '1.0.0',
  way: 'itself',
  page: null,
  update: { state: 'ready', release: { version, notes: '', size: 1 } },
});

let core: TestCore;
let notices: Notices;
let opened: string[];
const view = createChanges<UpdateView>({ ...ready(''), update: { state: 'idle' } });

beforeEach(async () => {
  opened = [];
  shownNotifications.clear();
  view.set({ ...ready(''), update: { state: 'idle' } });
  core = await createTestCore({
    settings: {
      ui: { language: 'en' },
      endpoints: [
        {
          id: 'demo',
          name: 'Demo',
          baseUrl: 'demo://local/v1',
          models: ['demo'],
          accounts: [{ id: 'a1', name: 'Work', limits: { rpd: 10 } }],
        },
      ],
    },
  });
  notices = startNotices({
    control: core.control,
    liveBus: core.core.liveBus,
    settings: core.core.settings,
    updates: { view } as unknown as Updates,
    openWindow: (place) => opened.push(place),
    log,
    restMs: 20,
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
});
afterEach(async () => {
  notices.close();
  await core.close();
});

const titles = () => [...shownNotifications].map(({ title }) => title);

test('requests that use up a day’s limit are told of once, and a click leads to the endpoint', async () => {
  for (let index = 0; index < 9; index += 1) {
    const { status } = await core.post('/v1/chat/completions', {
      model: 'demo',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    expect(status).toBe(200);
  }
  await eventually(titles, (found) => found.length > 0);
  const [notification] = shownNotifications;
  expect(notification).toMatchObject({
    title: 'Demo: quota nearly used',
    body: '90 % of today’s requests are gone.',
  });
  notification?.press();
  expect(opened).toEqual(['/endpoints/demo']);
  await core.post('/v1/chat/completions', { model: 'demo', messages: [{ role: 'user', content: 'Hello' }] });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(titles()).toEqual([]);
});

test('an update that is ready is told of, unless notifications are off', async () => {
  view.set(ready('1.1.0'));
  await eventually(titles, (found) => found.length > 0);
  const [notification] = shownNotifications;
  expect(notification?.title).toBe('Sluice 1.1.0 is ready');
  notification?.press();
  expect(opened).toEqual(['/settings/updates']);
  await core.control.settings.update({ ui: { notifications: false } });
  view.set(ready('1.2.0'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(titles()).toEqual([]);
});
